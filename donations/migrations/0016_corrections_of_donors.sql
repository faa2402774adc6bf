-- A correction stands; two more letters have words; and a match takes back what a gift that went back was doubled by.

CREATE TRIGGER correction_stands BEFORE UPDATE ON donations_correction FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'correction_stands', 'Who corrected what is known of a donor, and why, stands.',
  'donor_id because by_id asked_at', 'done_at');

INSERT INTO donations_letterwords (kind, subject, opening, closing)
  VALUES ('confirm_address', '', '', ''), ('address_changed', '', '', '');

-- What is left of a gift, in pence: a refund counts while its entry stands, a dispute by the money that has moved.
CREATE FUNCTION donations_left_of_gift(given bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT d.pence
    - coalesce((SELECT sum(r.pence) FROM donations_refund r
                 WHERE r.donation_id = d.id AND r.entry_id IS NOT NULL AND r.turned_id IS NULL), 0)::bigint
    + coalesce((SELECT sum(m.pence) FROM donations_disputemovement m JOIN donations_dispute p ON p.id = m.dispute_id
                 WHERE p.donation_id = d.id), 0)::bigint
    FROM donations_donation d WHERE d.id = given
$$;

CREATE OR REPLACE FUNCTION donations_match_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.match_id, NEW.pledge_id, NEW.pence) IS DISTINCT FROM (OLD.match_id, OLD.pledge_id, OLD.pence) THEN
    PERFORM ledger_refuse('match_moves_forward', 'What a gift was doubled by stands.');
  END IF;
  IF OLD.state = 'used' AND NEW.state <> 'used' AND NOT (NEW.state = 'released' AND EXISTS (
       SELECT FROM donations_donation WHERE pledge_id = NEW.pledge_id AND donations_left_of_gift(id) <= 0)) THEN
    PERFORM ledger_refuse('match_moves_forward', 'What a gift was doubled by stands, unless all of the gift went back.');
  END IF;
  RETURN NEW;
END $$;

-- ======== the way back
CREATE OR REPLACE FUNCTION donations_match_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'used' AND NEW.state <> 'used'
     OR (NEW.match_id, NEW.pledge_id, NEW.pence) IS DISTINCT FROM (OLD.match_id, OLD.pledge_id, OLD.pence) THEN
    PERFORM ledger_refuse('match_moves_forward', 'What a gift was doubled by stands.');
  END IF;
  RETURN NEW;
END $$;
DROP FUNCTION donations_left_of_gift(bigint);
DELETE FROM donations_letterwords WHERE kind IN ('confirm_address', 'address_changed');
DELETE FROM donations_letter WHERE kind IN ('confirm_address', 'address_changed');
DROP TRIGGER correction_stands ON donations_correction;
