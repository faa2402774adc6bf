-- A sealed month is closed: the seal is the lock. Its digest is SHA-256 over the month's lines in id order, after the
-- seal before. Lines are first hashed a thousand entries at a time, so that no month is ever held in memory whole.

CREATE FUNCTION ledger_month_digest(p_month date, p_previous bytea) RETURNS bytea LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
  SELECT sha256(p_previous || coalesce(string_agg(part, ''::bytea ORDER BY place), ''::bytea))
    FROM (SELECT e.id / 1000 AS place, sha256(convert_to(string_agg(ROW(
                   e.id, e.effective, e.kind, e.source_key, e.narrative, e.reason, e.authority, e.reverses_id,
                   e.posted_by_id, e.posted_at, l.id, a.code, f.code, u.code, l.award, l.amount)::text,
                   E'\n' ORDER BY l.id), 'UTF8')) AS part
            FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id JOIN ledger_account a ON a.id = l.account_id
            JOIN ledger_fund f ON f.id = l.fund_id JOIN ledger_purpose u ON u.id = l.purpose_id
           WHERE e.effective >= p_month AND e.effective < p_month + interval '1 month'
           GROUP BY 1) parts $$;

CREATE FUNCTION ledger_seal_month(p_month date, p_by bigint) RETURNS ledger_seal LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last ledger_seal;
  made ledger_seal;
  following date := (p_month + interval '1 month')::date;
  differ bigint;
BEGIN
  -- Waits for postings in flight; the next ones wait for us, and then see the seal.
  LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE;
  SELECT * INTO last FROM ledger_seal ORDER BY month DESC LIMIT 1;
  IF following > current_date THEN
    PERFORM ledger_refuse('month_is_over', 'The month is not over.');
  END IF;
  IF p_month <> last.month + interval '1 month'
     OR (last.month IS NULL AND EXISTS (SELECT FROM ledger_entry WHERE effective < p_month)) THEN
    PERFORM ledger_refuse('months_sealed_in_order', 'Months are sealed in order.');
  END IF;
  SELECT count(*) INTO differ          -- counted, not EXISTS: a plan for the first row alone walks the whole ledger
    FROM (SELECT l.fund_id, l.purpose_id, l.account_id, e.kind, sum(greatest(l.amount, 0)) AS d,
                 sum(greatest(-l.amount, 0)) AS c, count(*) AS n
            FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
           WHERE e.effective >= p_month AND e.effective < following GROUP BY 1, 2, 3, 4) t
    FULL JOIN (SELECT * FROM ledger_balance WHERE month = p_month) b USING (fund_id, purpose_id, account_id, kind)
   WHERE (t.d, t.c, t.n) IS DISTINCT FROM (b.debits::numeric, b.credits::numeric, b.lines);
  IF differ > 0 THEN
    PERFORM ledger_refuse('seal_needs_agreement', 'The totals disagree with the lines: the month cannot be sealed.');
  END IF;
  INSERT INTO ledger_seal (month, entries, lines, debits, previous, digest, sealed_by_id)
    SELECT p_month, count(DISTINCT e.id), count(*), coalesce(sum(greatest(l.amount, 0)), 0), coalesce(last.digest, ''::bytea),
           ledger_month_digest(p_month, coalesce(last.digest, ''::bytea)), p_by
      FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
     WHERE e.effective >= p_month AND e.effective < following
  RETURNING * INTO made;
  RETURN made;
END $$;

CREATE VIEW ledger_broken_seals AS
  SELECT month, digest, again FROM (
    SELECT s.month, s.digest, s.previous, ledger_month_digest(s.month, s.previous) AS again,
           coalesce(lag(s.digest) OVER (ORDER BY s.month), ''::bytea) AS before FROM ledger_seal s) c
   WHERE digest <> again OR previous <> before;

-- ======== the way back
DROP VIEW ledger_broken_seals;
DROP FUNCTION ledger_seal_month(date, bigint), ledger_month_digest(date, bytea);
