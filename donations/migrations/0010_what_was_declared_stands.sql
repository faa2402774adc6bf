-- What people declared, permitted and were shown stands as it was: it is cancelled or followed, never edited.

CREATE TRIGGER declaration_stands BEFORE UPDATE ON donations_declaration FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'declaration_stands', 'A declaration stands as it was declared: it is cancelled, and another is made.',
  'reference pledge_id scope channel charity_name first_name last_name home address town postcode wording_id shown declared_on declared_at',
  'donor_id record_sent_on cancelled_on cancelled_by_id');

CREATE TRIGGER permission_stands BEFORE UPDATE ON donations_contactpermission FOR EACH ROW
  EXECUTE FUNCTION donations_stands(
  'permission_stands', 'What somebody said about being contacted stands: what they say now is a new row.',
  'pledge_id channel basis wording_id source said_at by_id', 'donor_id');

CREATE TRIGGER wording_stands BEFORE UPDATE ON donations_wording FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'wording_stands', 'Words that people agreed to never change: new words are a new version.',
  'about version text in_use_from', '');
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_wording FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();

CREATE FUNCTION donations_match_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'used' AND NEW.state <> 'used'
     OR (NEW.match_id, NEW.pledge_id, NEW.pence) IS DISTINCT FROM (OLD.match_id, OLD.pledge_id, OLD.pence) THEN
    PERFORM ledger_refuse('match_moves_forward', 'What a gift was doubled by stands.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER match_moves_forward BEFORE UPDATE ON donations_matchedgift
  FOR EACH ROW EXECUTE FUNCTION donations_match_moves_forward();

CREATE FUNCTION donations_appeal_says_what_else() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF btrim(NEW.secondary_purpose) = '' AND EXISTS (
       SELECT FROM ledger_fund WHERE id = NEW.fund_id AND class <> 'unrestricted' AND class <> 'designated') THEN
    PERFORM ledger_refuse('restricted_appeal_says_what_else',
      'A restricted appeal says what happens if too much or too little is given.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appeal_says_what_else BEFORE INSERT OR UPDATE ON donations_appeal
  FOR EACH ROW EXECUTE FUNCTION donations_appeal_says_what_else();

INSERT INTO donations_wording (about, version, text, in_use_from, approved_by) VALUES
  ('gift_aid', 1, 'I want to Gift Aid {gifts} to {charity}. I am a UK taxpayer and understand that if I pay less Income Tax and/or Capital Gains Tax than the amount of Gift Aid claimed on all my donations in that tax year it is my responsibility to pay any difference.', '2026-01-01', 'HMRC’s model declaration'),
  ('contact', 1, '{charity} would like to tell you what gifts have paid for, and how else you can help. You can change your mind whenever you like, with one click in each message. We never pass your details on to anybody who would write to you.', '2026-01-01', '');

-- ======== the way back
DROP TRIGGER appeal_says_what_else ON donations_appeal;
DROP TRIGGER match_moves_forward ON donations_matchedgift;
DROP TRIGGER not_deleted ON donations_wording;
DROP TRIGGER wording_stands ON donations_wording;
DROP TRIGGER permission_stands ON donations_contactpermission;
DROP TRIGGER declaration_stands ON donations_declaration;
DROP FUNCTION donations_appeal_says_what_else(), donations_match_moves_forward();
DELETE FROM donations_wording;
