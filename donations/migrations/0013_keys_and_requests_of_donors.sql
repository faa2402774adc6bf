-- A key opens once, an answered request stays answered, and a letter stays its donor's.

CREATE TRIGGER donor_key_stands BEFORE UPDATE ON donations_donorkey FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'donor_key_opens_once', 'A key to the donor’s page opens once, for the donor it was made for.',
  'donor_id digest made_at', 'used_at');

CREATE TRIGGER data_request_stands BEFORE UPDATE ON donations_datarequest FOR EACH ROW
  EXECUTE FUNCTION donations_stands(
  'data_request_stands', 'What a donor asked, and how it was answered, stands.',
  'donor_id kind asked_at', 'answered_at answered_by_id answer');

INSERT INTO donations_letterwords (kind, subject, opening, closing) VALUES ('sign_in', '', '', '');

-- ======== the way back
DELETE FROM donations_letterwords WHERE kind = 'sign_in';
DELETE FROM donations_letter WHERE kind = 'sign_in'; -- what these are about is about to go
DROP TRIGGER data_request_stands ON donations_datarequest;
DROP TRIGGER donor_key_stands ON donations_donorkey;
