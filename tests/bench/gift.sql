\set fund random(:first, :last)
\set pence random(100, 10000)
SELECT entry_id FROM ledger_post(current_date, 'gift', '', '', '', 'gift:' || gen_random_uuid(), NULL, :by, ARRAY['1100', '4000'], ARRAY[:fund, :fund]::bigint[], ARRAY[NULL, NULL]::bigint[], ARRAY[NULL, NULL]::text[], ARRAY[:pence, -CAST(:pence AS bigint)]::bigint[]);
