-- What Stripe told and what was given stands: a payment moves forward, a donation is never edited, a cause is a cause.
-- ledger_refuse(name, sentence) is the ledger's: one way to say no in the whole house.

-- Refuses a change of the columns named third, and a change of those named fourth once they hold something.
CREATE FUNCTION donations_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
  named text;
BEGIN
  FOREACH named IN ARRAY string_to_array(TG_ARGV[2], ' ') LOOP
    IF after -> named IS DISTINCT FROM before -> named THEN
      PERFORM ledger_refuse(TG_ARGV[0], TG_ARGV[1]);
    END IF;
  END LOOP;
  FOREACH named IN ARRAY string_to_array(TG_ARGV[3], ' ') LOOP
    IF coalesce(before ->> named, '') <> '' AND after -> named IS DISTINCT FROM before -> named THEN
      PERFORM ledger_refuse(TG_ARGV[0], TG_ARGV[1]);
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE FUNCTION donations_not_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Test databases, which Django names test_…, may be emptied between tests.
  IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\_%' THEN
    RETURN NULL;
  END IF;
  PERFORM ledger_refuse('giving_is_not_deleted', 'What was given, and what became of it, is never deleted.');
  RETURN NULL;
END $$;

-- ---- payments

CREATE FUNCTION donations_payment_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  life text[] := ARRAY['created', 'requires_action', 'processing', 'failed', 'cancelled', 'succeeded'];
BEGIN
  IF array_position(life, NEW.state::text) < array_position(life, OLD.state::text) THEN
    PERFORM ledger_refuse('payment_moves_forward', format('%s is %s already.', OLD.payment_intent, OLD.state));
  END IF;
  IF OLD.state = 'succeeded' AND (NEW.pence, NEW.currency, NEW.succeeded_at)
       IS DISTINCT FROM (OLD.pence, OLD.currency, OLD.succeeded_at)
     OR OLD.state = 'succeeded' AND OLD.charge <> '' AND NEW.charge <> OLD.charge
     OR OLD.ours AND NOT NEW.ours THEN
    PERFORM ledger_refuse('received_payment_stands', 'A payment that was received stands as it was.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_moves_forward BEFORE UPDATE ON donations_payment
  FOR EACH ROW EXECUTE FUNCTION donations_payment_moves_forward();
CREATE TRIGGER payment_stands BEFORE UPDATE ON donations_payment FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'received_payment_stands', 'A payment stays that of its pledge, and its number and fee stand.',
  'payment_intent created_at', 'pledge_id regular_gift_id invoice fee_pence');

-- ---- donations, and what became of them

CREATE TRIGGER donation_stands BEFORE UPDATE ON donations_donation FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'donation_stands', 'A donation stands as it was given: what is wrong is put right by a new row and a new entry.',
  'reference pence fund_id purpose_id donor_name received_on method entry_id created_at source external_id',
  'payment_id pledge_id regular_gift_id');

CREATE FUNCTION donations_refund_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('refused', 'failed') AND NEW.state <> OLD.state
     OR OLD.state = 'succeeded' AND NEW.state NOT IN ('succeeded', 'failed')
     OR OLD.entry_id IS NOT NULL AND NEW.pence <> OLD.pence THEN
    PERFORM ledger_refuse('refund_moves_forward', format('%s is %s, and stays so.', OLD.reference, OLD.state));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refund_moves_forward BEFORE UPDATE ON donations_refund
  FOR EACH ROW EXECUTE FUNCTION donations_refund_moves_forward();
CREATE TRIGGER refund_stands BEFORE UPDATE ON donations_refund FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'refund_stands', 'A refund stays in the books, and who asked for it and who decided stands.',
  'reference donation_id asked_by_id asked_at needs_two because', 'refund entry_id turned_id decided_by_id decided_at');

CREATE TRIGGER dispute_movement_stands BEFORE UPDATE ON donations_disputemovement FOR EACH ROW
  EXECUTE FUNCTION donations_stands(
  'dispute_movement_stands', 'Money that a dispute moved has moved.', 'dispute_id line pence fee_pence moved_at entry_id', '');

CREATE TRIGGER payout_stands BEFORE UPDATE ON donations_payout FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'payout_stands', 'A payout stays in the books as it was posted.', 'payout created', 'entry_id turned_id');

CREATE TRIGGER balance_line_stands BEFORE UPDATE ON donations_balanceline FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'balance_line_stands', 'A line of Stripe’s balance stands as Stripe has it.',
  'line category pence fee_pence net_pence currency source created', '');

-- ---- regular gifts and letters

CREATE TRIGGER change_stands BEFORE UPDATE ON donations_regulargiftchange FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'change_stands', 'Who changed a regular gift, when and why stands.',
  'reference regular_gift_id kind before after because asked_by by_id asked_at', 'done_at');

CREATE TRIGGER letter_stands BEFORE UPDATE ON donations_letter FOR EACH ROW EXECUTE FUNCTION donations_stands(
  'letter_stands', 'What a letter was about stands: one cause, one letter.',
  'kind about donation_id payment_id regular_gift_id written_at', '');

-- ---- nothing is deleted

CREATE TRIGGER not_deleted BEFORE DELETE ON donations_payment FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_donation FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_refund FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_disputemovement FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_payout FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_balanceline FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_deleted BEFORE DELETE ON donations_regulargiftchange FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON donations_payment FOR EACH STATEMENT EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON donations_donation FOR EACH STATEMENT EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON donations_refund FOR EACH STATEMENT EXECUTE FUNCTION donations_not_deleted();
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON donations_payout FOR EACH STATEMENT EXECUTE FUNCTION donations_not_deleted();

-- ======== the way back
DROP TRIGGER not_emptied ON donations_payout;
DROP TRIGGER not_emptied ON donations_refund;
DROP TRIGGER not_emptied ON donations_donation;
DROP TRIGGER not_emptied ON donations_payment;
DROP TRIGGER not_deleted ON donations_regulargiftchange;
DROP TRIGGER not_deleted ON donations_balanceline;
DROP TRIGGER not_deleted ON donations_payout;
DROP TRIGGER not_deleted ON donations_disputemovement;
DROP TRIGGER not_deleted ON donations_refund;
DROP TRIGGER not_deleted ON donations_donation;
DROP TRIGGER not_deleted ON donations_payment;
DROP TRIGGER letter_stands ON donations_letter;
DROP TRIGGER change_stands ON donations_regulargiftchange;
DROP TRIGGER balance_line_stands ON donations_balanceline;
DROP TRIGGER payout_stands ON donations_payout;
DROP TRIGGER dispute_movement_stands ON donations_disputemovement;
DROP TRIGGER refund_stands ON donations_refund;
DROP TRIGGER refund_moves_forward ON donations_refund;
DROP TRIGGER donation_stands ON donations_donation;
DROP TRIGGER payment_stands ON donations_payment;
DROP TRIGGER payment_moves_forward ON donations_payment;
DROP FUNCTION donations_refund_moves_forward(), donations_payment_moves_forward(), donations_not_deleted(),
  donations_stands();
