-- Two guards. A match: what is promised to gifts and what is not are together what the champion gives, always.
-- The door: who may go on to the payment page, judged in one statement, from digests alone.

-- ======== matches

-- What is promised follows from the gifts: it is counted here, and written by nobody else.
CREATE FUNCTION donations_match_counts_promises() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was bigint := 0;
  is_now bigint := CASE WHEN NEW.state IN ('held', 'used') THEN NEW.pence ELSE 0 END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    was := CASE WHEN OLD.state IN ('held', 'used') THEN OLD.pence ELSE 0 END;
  END IF;
  IF was <> is_now THEN
    UPDATE donations_match SET promised_pence = promised_pence + is_now - was WHERE id = NEW.match_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER match_counts_promises AFTER INSERT OR UPDATE ON donations_matchedgift
  FOR EACH ROW EXECUTE FUNCTION donations_match_counts_promises();

CREATE FUNCTION donations_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM donations_match WHERE id = NEW.id AND available_pence + promised_pence <> pence) THEN
    PERFORM ledger_refuse('match_adds_up', 'What is promised and what is left are together the whole match.');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER match_adds_up AFTER INSERT OR UPDATE ON donations_match DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION donations_match_adds_up();

CREATE TRIGGER not_deleted BEFORE DELETE ON donations_matchedgift FOR EACH ROW EXECUTE FUNCTION donations_not_deleted();

-- ======== the door

ALTER TABLE donations_sighting SET UNLOGGED, SET (fillfactor = 70);
ALTER TABLE donations_watchedminute SET UNLOGGED, SET (fillfactor = 50);

-- One more in a measure that holds `burst` and drains one each `step`. NULL where it went in, else when it would.
-- A measure that is kept full by whoever keeps trying drains only once they stop.
CREATE FUNCTION donations_measure(named text, at timestamptz, step interval, burst int, kept_full boolean)
RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  room timestamptz;
BEGIN
  INSERT INTO donations_sighting AS s (key, full_at, purge_at) VALUES (named, at + step, at + step * (burst + 1))
  ON CONFLICT (key) DO UPDATE SET full_at = greatest(s.full_at, at) + step, purge_at = excluded.purge_at
    WHERE greatest(s.full_at, at) + step <= at + step * burst;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE donations_sighting SET full_at = CASE WHEN kept_full THEN at + step * (burst + 1) ELSE full_at END,
    purge_at = at + step * (burst + 1)
    WHERE key = named RETURNING full_at - step * (burst - 1) INTO room;
  RETURN room;
END $$;

-- Whether a thing is seen for the first time; it is remembered for `keep`.
CREATE FUNCTION donations_seen_first(named text, at timestamptz, keep interval, said text DEFAULT '')
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO donations_sighting AS s (key, full_at, purge_at, note) VALUES (named, at, at + keep, said)
  ON CONFLICT (key) DO UPDATE SET full_at = at, purge_at = excluded.purge_at, note = excluded.note WHERE s.purge_at <= at;
  RETURN FOUND;
END $$;

-- Whether everybody is challenged: many of the cards tried lately were declined; or the alarm was on, and most of those
-- whom it asked went away without an answer. With neither for so long as is looked back, it is off by itself.
CREATE FUNCTION donations_alarm(at timestamptz, lately interval, fewest int, share float)
RETURNS TABLE (is_on boolean, tries bigint, declined bigint) LANGUAGE sql STABLE AS $$
  SELECT coalesce(
      sum(declines) >= fewest AND sum(declines) >= share * sum(let_in)
      OR sum(alarmed) - sum(proved) >= fewest AND sum(proved) * 2 < sum(alarmed), false),
    coalesce(sum(let_in), 0), coalesce(sum(declines), 0)
  FROM donations_watchedminute WHERE minute > at - lately AND minute <= at
$$;

-- One more of what happened in this minute; `what` is a column of ours.
CREATE FUNCTION donations_count_minute(at timestamptz, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO donations_watchedminute AS m (minute, %1$I) VALUES ($1, 1)'
    ' ON CONFLICT (minute) DO UPDATE SET %1$I = m.%1$I + 1', what) USING date_trunc('minute', at);
END $$;

-- Judges one try. `gift` names what is asked for (the same again opens no second page, so it is free), `address`,
-- `donors` (email, browser) and `cards` (what many new cards were declined on) are digests; any may be empty.
-- `answer` is 'worked' or 'waited' where the challenge `ticket` was answered. Locks are taken in one order: the gift,
-- the address, the donor, the ticket, the minute.
CREATE FUNCTION donations_at_the_door(
  at timestamptz, gift text, address text, donors text[], cards text[], answer text, ticket text, rules jsonb,
  OUT verdict text, OUT room timestamptz) LANGUAGE plpgsql AS $$
DECLARE
  donor text;
  crowded boolean := false;
  alarmed boolean := false;
BEGIN
  IF gift <> '' AND NOT donations_seen_first('gift:' || gift, at, '1 hour') THEN
    verdict := 'again';
    RETURN;
  END IF;
  IF address <> '' THEN
    crowded := donations_measure('address:' || address, at, (rules ->> 'address_step')::interval,
      (rules ->> 'address_burst')::int, true) IS NOT NULL;
  END IF;
  SELECT max(full_at) - (rules ->> 'card_step')::interval * (rules ->> 'card_burst')::int INTO room
    FROM donations_sighting WHERE key = ANY (cards);
  IF room > at THEN
    verdict := 'stopped';
  ELSE
    room := NULL;
    FOREACH donor IN ARRAY donors LOOP
      room := greatest(room, donations_measure('donor:' || donor, at, (rules ->> 'donor_step')::interval,
        (rules ->> 'donor_burst')::int, false));
    END LOOP;
    SELECT is_on INTO alarmed FROM donations_alarm(at, (rules ->> 'alarm_lately')::interval,
      (rules ->> 'alarm_fewest')::int, (rules ->> 'alarm_share')::float);
    IF room IS NOT NULL THEN
      verdict := 'slowed';
    ELSIF NOT (crowded OR alarmed) THEN
      verdict := 'let_in';
    ELSIF answer = '' OR NOT donations_seen_first('ticket:' || ticket, at, '1 day') THEN
      verdict := CASE WHEN alarmed THEN 'alarmed' ELSE 'asked' END;
    ELSE
      room := donations_measure(answer || ':' || address, at, (rules ->> (answer || '_step'))::interval,
        (rules ->> (answer || '_burst'))::int, false);
      IF room IS NULL AND answer = 'waited' THEN
        room := donations_measure('waited', at, (rules ->> 'all_waited_step')::interval,
          (rules ->> 'all_waited_burst')::int, false);
      END IF;
      verdict := CASE WHEN room IS NULL THEN 'let_in' ELSE 'waiting' END;
      IF room IS NULL THEN
        PERFORM donations_count_minute(at, 'proved');
      ELSE
        DELETE FROM donations_sighting WHERE key = 'ticket:' || ticket;  -- it may be used once there is room
      END IF;
    END IF;
  END IF;
  IF verdict = 'let_in' THEN
    IF address <> '' AND cardinality(donors) > 0 THEN
      INSERT INTO donations_sighting AS s (key, full_at, purge_at, note)
      VALUES ('from:' || donors[1], at, at + interval '1 day', address)
      ON CONFLICT (key) DO UPDATE SET note = excluded.note, purge_at = excluded.purge_at;
    END IF;
  ELSIF gift <> '' THEN
    DELETE FROM donations_sighting WHERE key = 'gift:' || gift;
  END IF;
  PERFORM donations_count_minute(at, verdict);
END $$;

-- A card was declined: each try counts once; a card that is new to the session, the donor or the address fills its
-- measure, which holds `card_burst` and one more. Whether any of the three has more than it may.
CREATE FUNCTION donations_card_declined(
  at timestamptz, try text, card text, session text, donor text, rules jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  step interval := (rules ->> 'card_step')::interval;
  burst int := (rules ->> 'card_burst')::int;
  keep interval := step * (burst + 1);
  scopes text[];
  scope text;
BEGIN
  SELECT array_agg(named ORDER BY named) INTO scopes FROM (
    SELECT 'cards:' || session AS named WHERE session <> '' UNION SELECT 'cards:' || donor WHERE donor <> ''
    UNION SELECT 'cards:' || note FROM donations_sighting WHERE key = 'from:' || donor AND note <> '' AND purge_at > at
  ) found;
  IF donations_seen_first('try:' || try, at, '1 day') THEN
    IF card <> '' AND NOT EXISTS (SELECT FROM donations_sighting WHERE key = 'good:' || card AND purge_at > at) THEN
      FOREACH scope IN ARRAY coalesce(scopes, '{}') LOOP
        IF donations_seen_first(scope || ':' || card, at, keep) THEN
          INSERT INTO donations_sighting AS s (key, full_at, purge_at) VALUES (scope, at + step, at + keep)
          ON CONFLICT (key) DO UPDATE
            SET full_at = least(greatest(s.full_at, at) + step, at + keep), purge_at = excluded.purge_at;
        END IF;
      END LOOP;
    END IF;
    PERFORM donations_count_minute(at, 'declines');
  END IF;
  RETURN EXISTS (SELECT FROM donations_sighting WHERE key = ANY (scopes) AND full_at > at + step * burst);
END $$;

-- ======== the way back
DROP FUNCTION donations_card_declined(timestamptz, text, text, text, text, jsonb),
  donations_at_the_door(timestamptz, text, text, text[], text[], text, text, jsonb),
  donations_count_minute(timestamptz, text), donations_alarm(timestamptz, interval, int, float),
  donations_seen_first(text, timestamptz, interval, text),
  donations_measure(text, timestamptz, interval, int, boolean);
DROP TRIGGER not_deleted ON donations_matchedgift;
DROP TRIGGER match_adds_up ON donations_match;
DROP TRIGGER match_counts_promises ON donations_matchedgift;
DROP FUNCTION donations_match_adds_up(), donations_match_counts_promises();
