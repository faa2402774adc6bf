-- The public numbers, read from the positions: nothing here looks at a line, so nothing here grows with the ledger.

CREATE VIEW ledger_fund_numbers AS
  SELECT f.id AS fund_id, f.code, f.name, f.class, p.raised, p.pledged, p.reserved + p.awarded AS allocated, p.paid,
         p.reserved + p.awarded - p.paid AS still_to_pay, p.available, p.spent AS costs, p.moved, p.awaited,
         p.reserved, p.owed
    FROM ledger_fund f JOIN ledger_fund_position p ON p.fund_id = f.id;

CREATE VIEW ledger_purpose_numbers AS
  SELECT u.id AS purpose_id, u.code, u.name, p.fund_id, p.raised, p.pledged, p.reserved + p.awarded AS allocated, p.paid,
         p.reserved + p.awarded - p.paid AS still_to_pay, p.available, p.spent AS costs, p.moved, p.awaited,
         p.reserved, p.owed
    FROM ledger_purpose u JOIN ledger_purpose_position p ON p.purpose_id = u.id;

CREATE VIEW ledger_award_numbers AS
  SELECT award, fund_id, reserved + awarded AS allocated, paid, reserved + awarded - paid AS still_to_pay, reserved, owed
    FROM ledger_award_position;

-- ======== the way back
DROP VIEW ledger_award_numbers, ledger_purpose_numbers, ledger_fund_numbers;
