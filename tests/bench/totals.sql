-- The totals of a ledger that was filled with facts past its triggers, made from its lines; the proof then judges them.
-- Month after month, since a charity's ledger fills in that order too: a month's balances lie near each other.
INSERT INTO ledger_balance (fund_id, purpose_id, account_id, kind, month, debits, credits, lines)
  SELECT l.fund_id, l.purpose_id, l.account_id, e.kind, date_trunc('month', e.effective)::date,
         sum(greatest(l.amount, 0)), sum(greatest(-l.amount, 0)), count(*)
    FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id GROUP BY 1, 2, 3, 4, 5 ORDER BY 5;

UPDATE ledger_purpose_position p SET raised = t.raised, spent = t.spent
  FROM (SELECT b.fund_id, b.purpose_id,
               coalesce(sum((b.debits - b.credits) * a.sign) FILTER (WHERE a.feeds = 'raised'), 0) AS raised,
               coalesce(sum((b.debits - b.credits) * a.sign) FILTER (WHERE a.feeds = 'spent'), 0) AS spent
          FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id GROUP BY 1, 2) t
 WHERE t.fund_id = p.fund_id AND t.purpose_id = p.purpose_id;

UPDATE ledger_fund_position f SET raised = t.raised, spent = t.spent
  FROM (SELECT fund_id, sum(raised) AS raised, sum(spent) AS spent FROM ledger_purpose_position GROUP BY 1) t
 WHERE t.fund_id = f.fund_id;
