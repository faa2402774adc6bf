-- The past is added to, not edited; and what funds and accounts mean stands still once money has touched them.

-- Test databases, which Django names test_…, may be emptied between tests.
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\_%' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'The ledger is added to, not edited (%).', TG_TABLE_NAME USING ERRCODE = '42501', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER line_append_only BEFORE UPDATE OR DELETE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER proof_append_only BEFORE UPDATE OR DELETE ON ledger_proof FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER line_no_truncate BEFORE TRUNCATE ON ledger_line FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON ledger_seal FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER proof_no_truncate BEFORE TRUNCATE ON ledger_proof FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();

CREATE FUNCTION ledger_fund_meaning_is_fixed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.code, OLD.class, OLD.restriction, OLD.source) IS DISTINCT FROM (NEW.code, NEW.class, NEW.restriction, NEW.source)
     AND EXISTS (SELECT FROM ledger_balance WHERE fund_id = OLD.id) THEN
    PERFORM ledger_refuse('meaning_is_fixed', format('%s already holds money: its class and wording stand.', OLD.name));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fund_meaning BEFORE UPDATE ON ledger_fund FOR EACH ROW EXECUTE FUNCTION ledger_fund_meaning_is_fixed();

CREATE FUNCTION ledger_account_meaning_is_fixed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.code, OLD.kind, OLD.cash, OLD.per_award, OLD.feeds, OLD.feeds_on)
     IS DISTINCT FROM (NEW.code, NEW.kind, NEW.cash, NEW.per_award, NEW.feeds, NEW.feeds_on)
     AND EXISTS (SELECT FROM ledger_balance WHERE account_id = OLD.id) THEN
    PERFORM ledger_refuse('meaning_is_fixed', format('Account %s is in use: its meaning stands.', OLD.code));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_meaning BEFORE UPDATE ON ledger_account FOR EACH ROW EXECUTE FUNCTION ledger_account_meaning_is_fixed();

CREATE FUNCTION ledger_kind_meaning_is_fixed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.decision <> NEW.decision AND EXISTS (SELECT FROM ledger_balance WHERE kind = OLD.code) THEN
    PERFORM ledger_refuse('meaning_is_fixed', format('Kind %s is in use: its meaning stands.', OLD.code));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kind_meaning BEFORE UPDATE ON ledger_kind FOR EACH ROW EXECUTE FUNCTION ledger_kind_meaning_is_fixed();

CREATE FUNCTION ledger_purpose_needs_authority() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.authority = ''
     AND EXISTS (SELECT FROM ledger_fund WHERE id = NEW.fund_id AND class NOT IN ('unrestricted', 'designated'))
     AND EXISTS (SELECT FROM ledger_balance WHERE fund_id = NEW.fund_id) THEN
    PERFORM ledger_refuse('meaning_is_fixed',
      'A restricted fund that holds money takes a new purpose only with a recorded authority.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER purpose_needs_authority BEFORE INSERT ON ledger_fund_purpose
  FOR EACH ROW EXECUTE FUNCTION ledger_purpose_needs_authority();

-- ======== the way back
DROP TRIGGER purpose_needs_authority ON ledger_fund_purpose;
DROP TRIGGER kind_meaning ON ledger_kind;
DROP TRIGGER account_meaning ON ledger_account;
DROP TRIGGER fund_meaning ON ledger_fund;
DROP TRIGGER entry_append_only ON ledger_entry;
DROP TRIGGER entry_no_truncate ON ledger_entry;
DROP TRIGGER line_append_only ON ledger_line;
DROP TRIGGER line_no_truncate ON ledger_line;
DROP TRIGGER seal_append_only ON ledger_seal;
DROP TRIGGER seal_no_truncate ON ledger_seal;
DROP TRIGGER proof_append_only ON ledger_proof;
DROP TRIGGER proof_no_truncate ON ledger_proof;
DROP FUNCTION ledger_purpose_needs_authority(), ledger_kind_meaning_is_fixed(), ledger_account_meaning_is_fixed(),
  ledger_fund_meaning_is_fixed(), ledger_append_only();
