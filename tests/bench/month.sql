-- One month of a charity's books: `entries` facts of two lines each, spread evenly over 40 funds and five sorts of event.
-- `offset` turns the wheel, so that a month with few entries does not always begin with the same fund.
WITH wheel AS (
  SELECT j, (%(offset)s + j) %% 200 AS cell FROM generate_series(0, %(entries)s::bigint - 1) AS j
), event AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) AS id, e.* FROM (
  SELECT j, f.id AS fund, s.purpose_id AS purpose, sort.*, sort.least + j * 37 %% sort.spread AS pence,
         %(month)s::date + (j %% 28)::int AS effective
    FROM wheel
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM ledger_fund WHERE code LIKE 'F%%') f ON f.place = cell %% 40
    JOIN ledger_fund_purpose s ON s.fund_id = f.id AND s.usual
    JOIN (VALUES (0, 'gift', '1100', '4000', 1000, 9000), (1, 'fee', '5000', '1100', 20, 100), (2, 'gift', '1000', '4000', 1000, 9000),
                 (3, 'cost', '5200', '1000', 20, 300), (4, 'payout', '1000', '1100', 500, 5000))
         AS sort (place, kind, debit, credit, least, spread) ON sort.place = cell / 40
   ORDER BY effective, j) e
), entry AS (
  INSERT INTO ledger_entry (id, effective, kind, narrative, reason, authority, source_key, posted_by_id, posted_at)
    SELECT id, effective, kind, '', '', '', concat_ws(':', kind, 'bench', %(month)s, j), %(by)s, now() FROM event
)
INSERT INTO ledger_line (entry_id, account_id, fund_id, purpose_id, amount)
  SELECT event.id, a.id, fund, purpose, side.sign * pence
    FROM event
    CROSS JOIN LATERAL (VALUES (1, debit), (-1, credit)) AS side (sign, account)
    JOIN ledger_account a ON a.code = side.account;
