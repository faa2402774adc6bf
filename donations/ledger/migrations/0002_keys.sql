-- Foreign keys that speak at once (Django's own are deferred to the end of the transaction), and room on each page
-- of the totals so that a changed row stays where it is.

ALTER TABLE ledger_entry
  ADD CONSTRAINT entry_kind_is_known FOREIGN KEY (kind) REFERENCES ledger_kind (code),
  ADD CONSTRAINT entry_reverses_an_entry FOREIGN KEY (reverses_id) REFERENCES ledger_entry (id),
  ADD CONSTRAINT entry_posted_by_somebody FOREIGN KEY (posted_by_id) REFERENCES accounts_user (id);

-- A line's fund and purpose are known because the pair is: what a fund may serve is a key, not a form.
ALTER TABLE ledger_line
  ADD CONSTRAINT line_has_an_entry FOREIGN KEY (entry_id) REFERENCES ledger_entry (id),
  ADD CONSTRAINT line_account_is_known FOREIGN KEY (account_id) REFERENCES ledger_account (id),
  ADD CONSTRAINT fund_serves_purpose FOREIGN KEY (fund_id, purpose_id)
    REFERENCES ledger_fund_purpose (fund_id, purpose_id);

ALTER TABLE ledger_purpose_position
  ADD CONSTRAINT position_is_of_a_served_purpose FOREIGN KEY (fund_id, purpose_id)
    REFERENCES ledger_fund_purpose (fund_id, purpose_id);

ALTER TABLE ledger_balance SET (fillfactor = 50);
ALTER TABLE ledger_fund_position SET (fillfactor = 50);
ALTER TABLE ledger_purpose_position SET (fillfactor = 50);
ALTER TABLE ledger_award_position SET (fillfactor = 50);

-- ======== the way back
ALTER TABLE ledger_entry
  DROP CONSTRAINT entry_kind_is_known, DROP CONSTRAINT entry_reverses_an_entry, DROP CONSTRAINT entry_posted_by_somebody;
ALTER TABLE ledger_line
  DROP CONSTRAINT line_has_an_entry, DROP CONSTRAINT line_account_is_known, DROP CONSTRAINT fund_serves_purpose;
ALTER TABLE ledger_purpose_position DROP CONSTRAINT position_is_of_a_served_purpose;
ALTER TABLE ledger_balance RESET (fillfactor);
ALTER TABLE ledger_fund_position RESET (fillfactor);
ALTER TABLE ledger_purpose_position RESET (fillfactor);
ALTER TABLE ledger_award_position RESET (fillfactor);
