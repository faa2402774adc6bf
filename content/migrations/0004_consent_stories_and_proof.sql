-- A consent is kept, and one that was withdrawn stays withdrawn: whatever it allowed is never put back under it.

CREATE FUNCTION content_consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A consent is kept: record that it was withdrawn instead.'
      USING ERRCODE = '23514', CONSTRAINT = 'consent_is_kept';
  END IF;
  IF OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at, NEW.withdrawn_by_id, NEW.withdrawn_because, NEW.given_on,
      NEW.expires_on) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_by_id, OLD.withdrawn_because, OLD.given_on,
      OLD.expires_on) THEN
    RAISE EXCEPTION 'This consent was withdrawn, and stays so: record a new one.'
      USING ERRCODE = '23514', CONSTRAINT = 'consent_stays_withdrawn';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER consent_stays BEFORE UPDATE OR DELETE ON content_consentrecord
  FOR EACH ROW EXECUTE FUNCTION content_consent_stays();

-- ======== the way back
DROP TRIGGER consent_stays ON content_consentrecord;
DROP FUNCTION content_consent_stays();
