\set fund random(:first, :last)
\set pence random(100, 10000)
BEGIN;
INSERT INTO plain.event (effective, kind, narrative, reason, authority, source_key, posted_by_id) VALUES (current_date, 'gift', '', '', '', 'gift:' || gen_random_uuid(), :by) RETURNING id \gset
INSERT INTO plain.line (entry_id, account_id, fund_id, purpose_id, amount) VALUES (:id, :debit, :fund, :purpose, :pence), (:id, :credit, :fund, :purpose, -CAST(:pence AS bigint));
UPDATE plain.balance SET debits = debits + :pence, credits = credits + :pence, lines = lines + 2 WHERE fund_id = :fund;
COMMIT;
