-- The laws of one entry: what must be true of it whatever the totals say.
-- Those that look at lines are judged by the trigger of 0004_totals.sql, which sees them anyway.

CREATE FUNCTION ledger_pounds(pence bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_char(pence / 100.0, 'FM£999,999,999,990.00') $$;

-- The refusals: one name each, and the sentence for the person on the screen.
CREATE FUNCTION ledger_refuse(law text, sentence text DEFAULT NULL, detail json DEFAULT NULL) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = law, DETAIL = coalesce(detail::text, ''), MESSAGE = coalesce(sentence,
    CASE law
      WHEN 'entry_balances_in_each_fund' THEN 'An entry must balance in every fund it touches.'
      WHEN 'entry_is_written_once' THEN 'This entry is already written.'
      WHEN 'entry_has_lines' THEN 'An entry has lines.'
      WHEN 'grant_line_names_its_award' THEN 'A grant line must name its award.'
      WHEN 'transfers_net_to_nil' THEN 'Transfers between funds must come to nil.'
      WHEN 'transfer_is_its_own_kind' THEN 'Money moves between funds only by a transfer, and only by a decision.'
      WHEN 'restricted_money_needs_authority' THEN 'Restricted money leaves its fund only with a recorded authority.'
      WHEN 'capital_is_kept' THEN 'The capital of a permanent endowment is not given away.'
      WHEN 'fund_is_open' THEN 'A closed fund takes no new decisions.'
      WHEN 'only_a_decision_allocates' THEN 'Money is set aside for an award only by a decision.'
      WHEN 'nothing_awarded_unreserved' THEN 'Only what trustees have reserved can be awarded.'
      WHEN 'reversal_mirrors_its_entry' THEN 'A reversal repeats every line of one entry with its sign turned.'
      WHEN 'entry_has_happened' THEN 'An entry records what has happened.'
      WHEN 'posting_reads_committed' THEN 'Entries are posted at READ COMMITTED, so that a seal is always seen.'
    END);
END $$;

-- Before an entry: its month is open, it has happened, and a reversal keeps the kind of what it reverses.
CREATE FUNCTION ledger_before_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sealed date;
  turned record;
BEGIN
  -- With an older snapshot this trigger could miss a seal made since.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM ledger_refuse('posting_reads_committed');
  END IF;
  SELECT max(month) INTO sealed FROM ledger_seal;
  IF NEW.effective < sealed + interval '1 month' THEN
    PERFORM ledger_refuse('period_is_open',
      format('The books are closed up to the end of %s.', to_char(sealed, 'FMMonth YYYY')), json_build_object('sealed', sealed));
  END IF;
  IF NEW.effective > current_date + 1 THEN          -- one day's grace for time zones
    PERFORM ledger_refuse('entry_has_happened');
  END IF;
  IF NEW.reverses_id IS NOT NULL THEN
    SELECT kind, reverses_id INTO turned FROM ledger_entry WHERE id = NEW.reverses_id;
    IF turned.reverses_id IS NOT NULL OR turned.kind <> NEW.kind THEN
      PERFORM ledger_refuse('reversal_mirrors_its_entry',
        'A reversal keeps the kind of an entry that is not itself a reversal.');
    END IF;
  END IF;
  NEW.posted_at := now();                           -- the clock's word, not the caller's
  RETURN NEW;
END $$;
CREATE TRIGGER entry_before BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_before_entry();

-- By commit, an entry has lines: two at least, since they balance and none is nothing.
CREATE FUNCTION ledger_entry_has_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_line WHERE entry_id = NEW.id) THEN
    PERFORM ledger_refuse('entry_has_lines');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_has_lines AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_has_lines();

-- ======== the way back
DROP TRIGGER entry_has_lines ON ledger_entry;
DROP TRIGGER entry_before ON ledger_entry;
DROP FUNCTION ledger_entry_has_lines(), ledger_before_entry(), ledger_refuse(text, text, json), ledger_pounds(bigint);
