-- A letter is about a donor or a declaration too, and that stands as well. Each kind of letter has a row for its words,
-- which are empty until staff write some.

DROP TRIGGER letter_stands ON donations_letter;
CREATE TRIGGER letter_stands BEFORE UPDATE ON donations_letter FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'letter_stands', 'What a letter was about stands: one cause, one letter.',
  'kind about donation_id payment_id regular_gift_id donor_id declaration_id written_at', '');

INSERT INTO donations_letterwords (kind, subject, opening, closing)
  SELECT kind, '', '', '' FROM unnest(ARRAY[
    'receipt', 'receipt_copy', 'pending', 'failed', 'card_expiring', 'card_asked', 'mandate_ended', 'changed', 'paused',
    'ended', 'refunded', 'tribute', 'statement', 'declaration_record']) WITH ORDINALITY AS each(kind, at) ORDER BY at;

-- ======== the way back
DELETE FROM donations_letterwords;
DELETE FROM donations_letter WHERE kind IN ('statement', 'declaration_record'); -- what these are about is about to go
DROP TRIGGER letter_stands ON donations_letter;
CREATE TRIGGER letter_stands BEFORE UPDATE ON donations_letter FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'letter_stands', 'What a letter was about stands: one cause, one letter.',
  'kind about donation_id payment_id regular_gift_id written_at', '');
