-- The proof: every total compared with the lines it stands for. No row means proven.

CREATE VIEW ledger_disagreements AS
  SELECT 'balance' AS what, concat_ws('/', coalesce(t.fund_id, b.fund_id), coalesce(t.purpose_id, b.purpose_id),
           coalesce(t.account_id, b.account_id), coalesce(t.kind, b.kind), coalesce(t.month, b.month)) AS which,
         concat_ws(' ', t.d, t.c, t.n) AS truth, concat_ws(' ', b.debits, b.credits, b.lines) AS kept
    FROM (SELECT l.fund_id, l.purpose_id, l.account_id, e.kind, date_trunc('month', e.effective)::date AS month,
                 sum(greatest(l.amount, 0)) AS d, sum(greatest(-l.amount, 0)) AS c, count(*) AS n
            FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id GROUP BY 1, 2, 3, 4, 5) t
    FULL JOIN ledger_balance b USING (fund_id, purpose_id, account_id, kind, month)
   WHERE (t.d, t.c, t.n) IS DISTINCT FROM (b.debits::numeric, b.credits::numeric, b.lines)
  UNION ALL
  SELECT 'purpose', p.fund_id || '/' || p.purpose_id, t.sums::text, k.sums::text
    FROM ledger_purpose_position p
    CROSS JOIN LATERAL (SELECT ARRAY[p.raised, p.moved, p.spent, p.awaited, p.pledged, p.reserved, p.awarded, p.paid, p.owed] AS sums) k
    LEFT JOIN LATERAL (SELECT ARRAY(SELECT coalesce((SELECT sum((b.debits - b.credits) * a.sign) FROM ledger_balance b
        JOIN ledger_account a ON a.id = b.account_id
        WHERE b.fund_id = p.fund_id AND b.purpose_id = p.purpose_id AND a.feeds = w.feeds), 0)::bigint
        FROM unnest(ARRAY['raised', 'moved', 'spent', 'awaited', 'pledged', 'reserved', 'awarded', 'paid', 'owed'])
             WITH ORDINALITY AS w (feeds, place) ORDER BY place) AS sums) t ON true
   WHERE t.sums IS DISTINCT FROM k.sums
  UNION ALL
  SELECT 'fund', f.fund_id::text, t.sums::text, k.sums::text
    FROM ledger_fund_position f
    CROSS JOIN LATERAL (SELECT ARRAY[f.raised, f.moved, f.spent, f.awaited, f.pledged, f.reserved, f.awarded, f.paid, f.owed] AS sums) k
    LEFT JOIN LATERAL (SELECT ARRAY[coalesce(sum(raised), 0), coalesce(sum(moved), 0), coalesce(sum(spent), 0), coalesce(sum(awaited), 0),
        coalesce(sum(pledged), 0), coalesce(sum(reserved), 0), coalesce(sum(awarded), 0), coalesce(sum(paid), 0), coalesce(sum(owed), 0)]::bigint[] AS sums
        FROM ledger_purpose_position WHERE fund_id = f.fund_id) t ON true
   WHERE t.sums IS DISTINCT FROM k.sums
  UNION ALL
  SELECT 'award', coalesce(t.award, p.award) || '/' || coalesce(t.fund_id, p.fund_id),
         concat_ws(' ', t.reserved, t.awarded, t.paid, t.owed), concat_ws(' ', p.reserved, p.awarded, p.paid, p.owed)
    FROM (SELECT l.award, l.fund_id,
            coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'reserved'), 0) AS reserved,
            coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'awarded'), 0) AS awarded,
            coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'paid'), 0) AS paid,
            coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'owed'), 0) AS owed
            FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id WHERE l.award IS NOT NULL AND a.per_award GROUP BY 1, 2) t
    FULL JOIN ledger_award_position p USING (award, fund_id)
   WHERE (t.reserved, t.awarded, t.paid, t.owed) IS DISTINCT FROM (p.reserved::numeric, p.awarded::numeric, p.paid::numeric, p.owed::numeric);

-- With the usual 4 MB ten million lines are sorted on disk; with this they are summed in memory, some 30 MB in all.
CREATE FUNCTION ledger_prove() RETURNS ledger_proof LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  SET work_mem = '16MB' AS $$
  INSERT INTO ledger_proof (entries, lines, differences, broken_seals)
    SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM ledger_line),
           (SELECT count(*) FROM ledger_disagreements), (SELECT count(*) FROM ledger_broken_seals)
  RETURNING * $$;

-- ======== the way back
DROP FUNCTION ledger_prove();
DROP VIEW ledger_disagreements;
