-- One round trip for one entry. It runs with its caller's rights and adds none: whoever may INSERT entries and lines
-- may call it, and every law above judges what it writes.

-- The lines come as arrays of equal length; a missing purpose means the fund's usual one. An existing source key is
-- answered with the entry that has it (`fresh` is false), even where its month has been sealed since.
CREATE FUNCTION ledger_post(
  p_effective date, p_kind text, p_narrative text, p_reason text, p_authority text, p_source_key text,
  p_reverses bigint, p_by bigint, p_accounts text[], p_funds bigint[], p_purposes bigint[], p_awards text[],
  p_amounts bigint[], OUT entry_id bigint, OUT posted_at timestamptz, OUT fresh boolean) LANGUAGE plpgsql AS $$
BEGIN
  SELECT e.id, e.posted_at, false INTO entry_id, posted_at, fresh FROM ledger_entry e WHERE e.source_key = p_source_key;
  IF FOUND THEN
    RETURN;
  END IF;
  INSERT INTO ledger_entry AS e
         (effective, kind, narrative, reason, authority, source_key, reverses_id, posted_by_id)
  VALUES (p_effective, p_kind, p_narrative, p_reason, p_authority, p_source_key, p_reverses, p_by)
      ON CONFLICT (source_key) DO NOTHING RETURNING e.id, e.posted_at, true INTO entry_id, posted_at, fresh;
  IF NOT FOUND THEN                                 -- somebody else posted it while we waited
    SELECT e.id, e.posted_at, false INTO entry_id, posted_at, fresh FROM ledger_entry e WHERE e.source_key = p_source_key;
    RETURN;
  END IF;
  INSERT INTO ledger_line (entry_id, account_id, fund_id, purpose_id, award, amount)
    SELECT entry_id, (SELECT a.id FROM ledger_account a WHERE a.code = l.account), l.fund,
           coalesce(l.purpose, (SELECT s.purpose_id FROM ledger_fund_purpose s WHERE s.fund_id = l.fund AND s.usual)),
           l.award, l.amount
      FROM unnest(p_accounts, p_funds, p_purposes, p_awards, p_amounts) WITH ORDINALITY
           AS l (account, fund, purpose, award, amount, place)
     ORDER BY l.place;
END $$;

-- The lock of several funds, in id order, for whoever must look before deciding.
CREATE FUNCTION ledger_hold_funds(p_funds bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT FROM ledger_fund_position WHERE fund_id = ANY (p_funds) ORDER BY fund_id FOR NO KEY UPDATE;
$$;

-- ======== the way back
DROP FUNCTION ledger_hold_funds(bigint[]);
DROP FUNCTION ledger_post(date, text, text, text, text, text, bigint, bigint, text[], bigint[], bigint[], text[], bigint[]);
