-- The laws of a resolution's life: it opens with a paper, carries by its votes and its quorum, and ends once.

CREATE FUNCTION grants_before_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tally record;
BEGIN
  IF OLD.state NOT IN ('drafting', 'open') THEN
    PERFORM ledger_refuse('resolution_ends_once', format('%s is closed, and its minute stands.', OLD.reference));
  END IF;
  IF (NEW.reference, NEW.application_id, NEW.board_id, NEW.drafted_by_id)
       IS DISTINCT FROM (OLD.reference, OLD.application_id, OLD.board_id, OLD.drafted_by_id)
     OR OLD.state = 'open' AND (NEW.quorum, NEW.opened_by_id, NEW.opened_at)
       IS DISTINCT FROM (OLD.quorum, OLD.opened_by_id, OLD.opened_at)
     OR OLD.state = 'open' AND NEW.version = OLD.version AND NEW.deadline <> OLD.deadline
     OR OLD.state = 'open' AND NEW.state = 'drafting'
     OR OLD.state = 'drafting' AND NEW.state NOT IN ('drafting', 'open', 'withdrawn') THEN
    PERFORM ledger_refuse('open_resolution_stands', format('%s is before the board: its quorum and deadline stand.', OLD.reference));
  END IF;
  IF NEW.version <> OLD.version AND (OLD.state <> 'open' OR NEW.version <> OLD.version + 1) THEN
    PERFORM ledger_refuse('versions_follow_each_other', 'A new version is one more than the last, and of an open resolution.');
  END IF;
  IF NEW.state = 'open' AND NOT EXISTS (
       SELECT FROM grants_paper p JOIN grants_resolutionshare s ON s.paper_id = p.id
        WHERE p.resolution_id = NEW.id AND p.version = NEW.version) THEN
    PERFORM ledger_refuse('open_resolution_has_a_paper', 'A resolution opens with a paper that says which fund pays how much.');
  END IF;
  IF NEW.state IN ('carried', 'lost', 'deferred') THEN
    SELECT * INTO tally FROM grants_tally(NEW.id, NEW.version);
    IF tally.present < NEW.quorum THEN
      PERFORM ledger_refuse('resolution_is_quorate',
        format('%s trustees without a conflict have voted; the quorum is %s.', tally.present, NEW.quorum));
    END IF;
    IF NEW.state = 'carried' AND tally.approve <= tally.reject + tally.defer THEN
      PERFORM ledger_refuse('resolution_is_carried_by_its_votes', 'More trustees approve than do not, or nothing is carried.');
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_resolution BEFORE UPDATE ON grants_resolution FOR EACH ROW EXECUTE FUNCTION grants_before_resolution();

-- At the end of the transaction: carried, awarded and reserved go together, or none of them happened.
CREATE FUNCTION grants_carried_is_reserved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  resolution bigint := CASE TG_TABLE_NAME WHEN 'grants_award' THEN (to_jsonb(NEW) ->> 'resolution_id')::bigint ELSE NEW.id END;
  carried boolean;
  resolved boolean;
BEGIN
  IF resolution IS NULL THEN
    RETURN NULL;                                    -- an award from before these books
  END IF;
  SELECT state = 'carried' INTO carried FROM grants_resolution WHERE id = resolution;
  SELECT coalesce(bool_and(resolved_for = awarded_for), false) INTO resolved
    FROM (SELECT coalesce(rs.pence, 0) AS resolved_for, coalesce(s.pence, 0) AS awarded_for
            FROM grants_award a
            JOIN grants_resolution r ON r.id = a.resolution_id
            JOIN grants_paper p ON p.resolution_id = r.id AND p.version = r.version
            CROSS JOIN ledger_fund f
            LEFT JOIN grants_resolutionshare rs ON rs.paper_id = p.id AND rs.fund_id = f.id
            LEFT JOIN grants_awardshare s ON s.award_id = a.id AND s.fund_id = f.id
           WHERE a.resolution_id = resolution) side_by_side;
  IF NOT (carried AND resolved AND EXISTS (
       SELECT FROM ledger_entry WHERE source_key = 'resolution:' || resolution AND kind = 'reserve')) THEN
    PERFORM ledger_refuse('carried_resolution_is_reserved',
      'A resolution is carried together with its award and the reservation of the money.');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER carried_is_reserved AFTER UPDATE OF state ON grants_resolution DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'carried') EXECUTE FUNCTION grants_carried_is_reserved();
CREATE CONSTRAINT TRIGGER award_is_carried AFTER INSERT ON grants_award DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION grants_carried_is_reserved();

-- A programme's usual fund serves its purpose, said at once and not at the end of the transaction.
ALTER TABLE grants_programme ADD CONSTRAINT programme_fund_serves_its_purpose
  FOREIGN KEY (fund_id, purpose_id) REFERENCES ledger_fund_purpose (fund_id, purpose_id);

CREATE FUNCTION grants_programme_meaning_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.purpose_id <> OLD.purpose_id AND (EXISTS (SELECT FROM grants_application WHERE programme_id = OLD.id)
     OR EXISTS (SELECT FROM grants_award WHERE programme_id = OLD.id)) THEN
    PERFORM ledger_refuse('programme_purpose_stands', format('There are applications to %s: its purpose stands.', OLD.name));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER programme_meaning BEFORE UPDATE ON grants_programme FOR EACH ROW EXECUTE FUNCTION grants_programme_meaning_is_fixed();

-- ======== the way back
DROP TRIGGER programme_meaning ON grants_programme;
ALTER TABLE grants_programme DROP CONSTRAINT programme_fund_serves_its_purpose;
DROP TRIGGER award_is_carried ON grants_award;
DROP TRIGGER carried_is_reserved ON grants_resolution;
DROP TRIGGER before_resolution ON grants_resolution;
DROP FUNCTION grants_programme_meaning_is_fixed(), grants_carried_is_reserved(), grants_before_resolution();
