-- Amounts that agree to the penny: shares with their award, shares with their instalment, instalments with the award.

-- Judged at the end of the transaction, because an award and its shares are several rows.
CREATE FUNCTION grants_shares_sum_to_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found_award bigint := CASE TG_TABLE_NAME WHEN 'grants_award' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'award_id')::bigint END;
BEGIN
  IF (SELECT pence FROM grants_award WHERE id = found_award)
     IS DISTINCT FROM (SELECT sum(pence) FROM grants_awardshare WHERE award_id = found_award) THEN
    PERFORM ledger_refuse('shares_sum_to_award', 'The shares of an award add up to the award.');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_sum_to_award AFTER INSERT ON grants_award DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION grants_shares_sum_to_award();
CREATE CONSTRAINT TRIGGER shares_sum_to_award AFTER INSERT ON grants_awardshare DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION grants_shares_sum_to_award();

-- Judged at once, under the award's lock: two people planning at the same time cannot both pass.
CREATE FUNCTION grants_instalments_within_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  award grants_award;
  planned bigint;
BEGIN
  SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR NO KEY UPDATE;
  SELECT sum(pence) INTO planned FROM grants_instalment WHERE award_id = NEW.award_id AND state <> 'cancelled';
  IF planned > award.pence THEN
    PERFORM ledger_refuse('instalments_within_award',
      format('%s is for %s; these instalments come to %s.', award.reference, ledger_pounds(award.pence), ledger_pounds(planned)));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER instalments_within_award AFTER INSERT ON grants_instalment
  FOR EACH ROW EXECUTE FUNCTION grants_instalments_within_award();

CREATE FUNCTION grants_shares_sum_to_instalment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found_instalment bigint :=
    CASE TG_TABLE_NAME WHEN 'grants_instalment' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'instalment_id')::bigint END;
  instalment grants_instalment;
  over record;
BEGIN
  SELECT * INTO instalment FROM grants_instalment WHERE id = found_instalment;
  IF instalment.pence IS DISTINCT FROM
     (SELECT sum(pence) FROM grants_instalmentshare WHERE instalment_id = instalment.id) THEN
    PERFORM ledger_refuse('shares_sum_to_instalment', 'The shares of an instalment add up to the instalment.');
  END IF;
  SELECT f.name, coalesce(a.pence, 0) AS awarded INTO over
    FROM (SELECT s.fund_id, sum(s.pence) AS pence
            FROM grants_instalmentshare s JOIN grants_instalment i ON i.id = s.instalment_id
           WHERE i.award_id = instalment.award_id AND i.state <> 'cancelled' GROUP BY s.fund_id) planned
    JOIN ledger_fund f ON f.id = planned.fund_id
    LEFT JOIN grants_awardshare a ON a.award_id = instalment.award_id AND a.fund_id = planned.fund_id
   WHERE planned.pence > coalesce(a.pence, 0) LIMIT 1;
  IF FOUND THEN
    PERFORM ledger_refuse('instalment_shares_within_award',
      format('%s bears %s of this award, and no more.', over.name, ledger_pounds(over.awarded)));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_sum_to_instalment AFTER INSERT ON grants_instalment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION grants_shares_sum_to_instalment();
CREATE CONSTRAINT TRIGGER shares_sum_to_instalment AFTER INSERT ON grants_instalmentshare DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION grants_shares_sum_to_instalment();

-- ======== the way back
DROP TRIGGER shares_sum_to_instalment ON grants_instalmentshare;
DROP TRIGGER shares_sum_to_instalment ON grants_instalment;
DROP TRIGGER instalments_within_award ON grants_instalment;
DROP TRIGGER shares_sum_to_award ON grants_awardshare;
DROP TRIGGER shares_sum_to_award ON grants_award;
DROP FUNCTION grants_shares_sum_to_instalment(), grants_instalments_within_award(), grants_shares_sum_to_award();
