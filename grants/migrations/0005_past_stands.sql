-- What happened stays: votes, declarations, events and shares are added to; papers, awards and amounts stand.

CREATE FUNCTION grants_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Test databases, which Django names test_…, may be emptied between tests.
  IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\_%' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'What is on record is added to, not edited (%).', TG_TABLE_NAME
    USING ERRCODE = '42501', CONSTRAINT = 'record_is_append_only';
END $$;
CREATE TRIGGER vote_append_only BEFORE UPDATE OR DELETE ON grants_vote FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER interest_append_only BEFORE UPDATE OR DELETE ON grants_interest FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON grants_event FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER award_share_append_only BEFORE UPDATE OR DELETE ON grants_awardshare FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER instalment_share_append_only BEFORE UPDATE OR DELETE ON grants_instalmentshare FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER application_not_deleted BEFORE DELETE ON grants_application FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER resolution_not_deleted BEFORE DELETE ON grants_resolution FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER paper_not_deleted BEFORE DELETE ON grants_paper FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER award_not_deleted BEFORE DELETE ON grants_award FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER instalment_not_deleted BEFORE DELETE ON grants_instalment FOR EACH ROW EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER vote_no_truncate BEFORE TRUNCATE ON grants_vote FOR EACH STATEMENT EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER interest_no_truncate BEFORE TRUNCATE ON grants_interest FOR EACH STATEMENT EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON grants_event FOR EACH STATEMENT EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER award_no_truncate BEFORE TRUNCATE ON grants_award FOR EACH STATEMENT EXECUTE FUNCTION grants_append_only();
CREATE TRIGGER instalment_no_truncate BEFORE TRUNCATE ON grants_instalment FOR EACH STATEMENT EXECUTE FUNCTION grants_append_only();

-- A paper and its shares may be rewritten while they are a draft. A later version is written once.
CREATE FUNCTION grants_paper_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  its_paper bigint := CASE TG_TABLE_NAME
    WHEN 'grants_paper' THEN (to_jsonb(coalesce(NEW, OLD)) ->> 'id')::bigint
    ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'paper_id')::bigint END;
  its record;
BEGIN
  SELECT r.state, r.version AS present, p.version INTO its
    FROM grants_paper p JOIN grants_resolution r ON r.id = p.resolution_id WHERE p.id = its_paper FOR SHARE OF r;
  IF its.state = 'drafting' OR TG_OP = 'INSERT' AND its.state = 'open' AND its.version = its.present + 1 THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  PERFORM ledger_refuse('paper_stands', 'This paper is before the board: write a new version instead.');
END $$;
CREATE TRIGGER paper_stands BEFORE UPDATE ON grants_paper FOR EACH ROW EXECUTE FUNCTION grants_paper_stands();
CREATE TRIGGER shares_stand BEFORE INSERT OR UPDATE OR DELETE ON grants_resolutionshare
  FOR EACH ROW EXECUTE FUNCTION grants_paper_stands();

CREATE FUNCTION grants_application_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.reference, NEW.programme_id, NEW.title, NEW.organisation, NEW.organisation_number, NEW.summary, NEW.requested_pence,
      NEW.entered_by_id, NEW.entered_at) IS DISTINCT FROM
     (OLD.reference, OLD.programme_id, OLD.title, OLD.organisation, OLD.organisation_number, OLD.summary, OLD.requested_pence,
      OLD.entered_by_id, OLD.entered_at)
     AND EXISTS (SELECT FROM grants_resolution WHERE application_id = OLD.id AND opened_at IS NOT NULL) THEN
    PERFORM ledger_refuse('application_stands', format('%s has been before the board, and stands as it was.', OLD.reference));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER application_stands BEFORE UPDATE ON grants_application FOR EACH ROW EXECUTE FUNCTION grants_application_stands();

CREATE FUNCTION grants_award_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.reference, NEW.resolution_id, NEW.source, NEW.programme_id, NEW.title, NEW.organisation, NEW.organisation_number,
      NEW.purpose_id, NEW.pence, NEW.decided_on) IS DISTINCT FROM
     (OLD.reference, OLD.resolution_id, OLD.source, OLD.programme_id, OLD.title, OLD.organisation, OLD.organisation_number,
      OLD.purpose_id, OLD.pence, OLD.decided_on) THEN
    PERFORM ledger_refuse('award_stands', format('%s stands as it was resolved.', OLD.reference));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER award_stands BEFORE UPDATE ON grants_award FOR EACH ROW EXECUTE FUNCTION grants_award_stands();

CREATE FUNCTION grants_instalment_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'cancelled'
     OR (NEW.award_id, NEW.number, NEW.pence, NEW.planned_by_id, NEW.condition)
       IS DISTINCT FROM (OLD.award_id, OLD.number, OLD.pence, OLD.planned_by_id, OLD.condition)
     OR NEW.due_on <> OLD.due_on AND OLD.state NOT IN ('planned', 'held')
     OR OLD.condition_met_on IS NOT NULL AND NEW.condition_met_on IS DISTINCT FROM OLD.condition_met_on THEN
    PERFORM ledger_refuse('instalment_stands', 'An instalment’s amount and condition stand: cancel it and plan another.');
  END IF;
  -- Whoever stands on record for a step stays there until the payment is sent back to its start.
  IF NEW.requested_by_id IS NOT NULL AND (
       OLD.requested_by_id <> NEW.requested_by_id OR OLD.first_authoriser_id <> NEW.first_authoriser_id
       OR OLD.second_authoriser_id <> NEW.second_authoriser_id) THEN
    PERFORM ledger_refuse('hands_stay_on_record', 'Who requested and who authorised stays on record.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER instalment_stands BEFORE UPDATE ON grants_instalment FOR EACH ROW EXECUTE FUNCTION grants_instalment_stands();

-- ======== the way back
DROP TRIGGER instalment_stands ON grants_instalment;
DROP TRIGGER award_stands ON grants_award;
DROP TRIGGER application_stands ON grants_application;
DROP TRIGGER shares_stand ON grants_resolutionshare;
DROP TRIGGER paper_stands ON grants_paper;
DROP TRIGGER instalment_no_truncate ON grants_instalment;
DROP TRIGGER award_no_truncate ON grants_award;
DROP TRIGGER event_no_truncate ON grants_event;
DROP TRIGGER interest_no_truncate ON grants_interest;
DROP TRIGGER vote_no_truncate ON grants_vote;
DROP TRIGGER instalment_not_deleted ON grants_instalment;
DROP TRIGGER award_not_deleted ON grants_award;
DROP TRIGGER paper_not_deleted ON grants_paper;
DROP TRIGGER resolution_not_deleted ON grants_resolution;
DROP TRIGGER application_not_deleted ON grants_application;
DROP TRIGGER instalment_share_append_only ON grants_instalmentshare;
DROP TRIGGER award_share_append_only ON grants_awardshare;
DROP TRIGGER event_append_only ON grants_event;
DROP TRIGGER interest_append_only ON grants_interest;
DROP TRIGGER vote_append_only ON grants_vote;
DROP FUNCTION grants_instalment_stands(), grants_award_stands(), grants_application_stands(), grants_paper_stands(),
  grants_append_only();
