-- Who recorded a declaration stands with it. What a donor declared is kept; whom we never contact stays on the list.

DROP TRIGGER declaration_stands ON donations_declaration;
CREATE TRIGGER declaration_stands BEFORE UPDATE ON donations_declaration FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'declaration_stands', 'A declaration stands as it was declared: it is cancelled, and another is made.',
  'reference pledge_id scope channel charity_name first_name last_name home address town postcode wording_id shown declared_on declared_at recorded_by_id token',
  'donor_id record_sent_on cancelled_on cancelled_because cancelled_by_id');

-- A trigger and no constraint: of those that were recorded before, nobody knows who did, and they may be cancelled.
CREATE FUNCTION donations_declaration_is_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.channel = 'online') <> (NEW.recorded_by_id IS NULL) THEN
    PERFORM ledger_refuse('declaration_says_who_recorded_it',
      'A declaration on paper, or a spoken one, says who recorded it; one online is the donor’s own.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER declaration_is_recorded BEFORE INSERT ON donations_declaration
  FOR EACH ROW EXECUTE FUNCTION donations_declaration_is_recorded();

-- One whose gift never came is nobody's, and may be removed with its pledge.
CREATE FUNCTION donations_declaration_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.donor_id IS NOT NULL THEN
    PERFORM ledger_refuse('declaration_is_kept', 'What a donor declared is never deleted: it is cancelled.');
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER declaration_is_kept BEFORE DELETE ON donations_declaration
  FOR EACH ROW EXECUTE FUNCTION donations_declaration_is_kept();

CREATE TRIGGER scan_stands BEFORE UPDATE ON donations_declarationscan FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'scan_stands', 'The scan of a declaration stands as it was added.',
  'declaration_id file kind size digest added_by_id added_at', '');

-- ======== whom we never contact

DROP TRIGGER permission_stands ON donations_contactpermission;
CREATE TRIGGER permission_stands BEFORE UPDATE ON donations_contactpermission FOR EACH ROW
  EXECUTE FUNCTION donations_stands(
  'permission_stands', 'What somebody said about being contacted stands: what they say now is a new row.',
  'pledge_id channel basis wording_id digest source said_at by_id', 'donor_id');

-- Permissions may go with the rest of a donor's data. What outlives them is this list, so it alone says who may leave it.
CREATE FUNCTION donations_suppression_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.since := greatest(NEW.since, OLD.since);
    IF (NEW.channel, NEW.digest) IS DISTINCT FROM (OLD.channel, OLD.digest) THEN
      PERFORM ledger_refuse('suppression_stands', 'An address that is never contacted stays one.');
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
       SELECT FROM donations_contactpermission
        WHERE channel = OLD.channel AND digest = OLD.digest AND basis = 'consent' AND by_id IS NULL
          AND donor_id IS NOT NULL AND said_at > OLD.since) THEN
    PERFORM ledger_refuse('suppression_is_lifted_by_a_yes',
      'An address leaves the list of those never contacted only where its own donor has said yes since.');
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER suppression_stands BEFORE UPDATE OR DELETE ON donations_suppression
  FOR EACH ROW EXECUTE FUNCTION donations_suppression_stands();

-- ======== the way back
DROP TRIGGER suppression_stands ON donations_suppression;
DROP TRIGGER permission_stands ON donations_contactpermission;
CREATE TRIGGER permission_stands BEFORE UPDATE ON donations_contactpermission FOR EACH ROW
  EXECUTE FUNCTION donations_stands(
  'permission_stands', 'What somebody said about being contacted stands: what they say now is a new row.',
  'pledge_id channel basis wording_id source said_at by_id', 'donor_id');
DROP TRIGGER scan_stands ON donations_declarationscan;
DROP TRIGGER declaration_is_kept ON donations_declaration;
DROP TRIGGER declaration_is_recorded ON donations_declaration;
DROP TRIGGER declaration_stands ON donations_declaration;
CREATE TRIGGER declaration_stands BEFORE UPDATE ON donations_declaration FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'declaration_stands', 'A declaration stands as it was declared: it is cancelled, and another is made.',
  'reference pledge_id scope channel charity_name first_name last_name home address town postcode wording_id shown declared_on declared_at',
  'donor_id record_sent_on cancelled_on cancelled_by_id');
DROP FUNCTION donations_suppression_stands(), donations_declaration_is_kept(), donations_declaration_is_recorded();
