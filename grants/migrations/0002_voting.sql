-- The laws of declaring and voting. Each refusal has a name, which says what is true, and a sentence for the screen.
-- ledger_refuse(name, sentence) is the ledger's: one way to say no in the whole house.

-- What a trustee last declared on a version: true, false, or NULL where nothing was declared.
CREATE FUNCTION grants_in_conflict(p_resolution bigint, p_version integer, p_trustee bigint) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT conflicted FROM grants_interest
   WHERE resolution_id = p_resolution AND version = p_version AND trustee_id = p_trustee ORDER BY id DESC LIMIT 1
$$;

-- The count on a version: each trustee's last vote, without those in conflict. `present` makes the quorum.
CREATE FUNCTION grants_tally(p_resolution bigint, p_version integer,
    OUT present bigint, OUT approve bigint, OUT reject bigint, OUT defer bigint, OUT abstain bigint)
  LANGUAGE sql STABLE AS $$
  SELECT count(*) FILTER (WHERE NOT casting), count(*) FILTER (WHERE choice = 'approve'),
         count(*) FILTER (WHERE choice = 'reject'), count(*) FILTER (WHERE choice = 'defer'),
         count(*) FILTER (WHERE choice = 'abstain')
    FROM (SELECT DISTINCT ON (trustee_id, casting) trustee_id, casting, choice FROM grants_vote
           WHERE resolution_id = p_resolution AND version = p_version ORDER BY trustee_id, casting, id DESC) last
   WHERE grants_in_conflict(p_resolution, p_version, trustee_id) IS FALSE
$$;

CREATE FUNCTION grants_before_interest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  resolution grants_resolution;
BEGIN
  -- Whoever closes holds this row; a declaration that comes while it is being closed waits, and is then refused.
  SELECT * INTO resolution FROM grants_resolution WHERE id = NEW.resolution_id FOR SHARE;
  IF resolution.state <> 'open' OR resolution.counted_at IS NOT NULL OR clock_timestamp() >= resolution.deadline THEN
    PERFORM ledger_refuse('resolution_is_open', 'This resolution is no longer open.');
  END IF;
  IF NEW.version <> resolution.version THEN
    PERFORM ledger_refuse('declaration_is_on_this_version',
      'The paper has changed since you opened this page. Declare again, on the new version.');
  END IF;
  IF NOT NEW.conflicted AND grants_in_conflict(NEW.resolution_id, NEW.version, NEW.trustee_id) THEN
    PERFORM ledger_refuse('declared_conflict_stands',
      'You have declared a conflict on this version, and that stands. If it was a mistake, tell the grants officer.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_interest BEFORE INSERT ON grants_interest FOR EACH ROW EXECUTE FUNCTION grants_before_interest();

CREATE FUNCTION grants_before_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  resolution grants_resolution;
  board grants_board;
BEGIN
  SELECT * INTO resolution FROM grants_resolution WHERE id = NEW.resolution_id FOR SHARE;
  -- A casting vote follows the count; any other vote comes before it and before the deadline.
  IF resolution.state <> 'open' OR (resolution.counted_at IS NOT NULL) <> NEW.casting
     OR (NOT NEW.casting AND clock_timestamp() >= resolution.deadline) THEN
    PERFORM ledger_refuse('resolution_is_open', 'Voting on this resolution is over.');
  END IF;
  IF NEW.version <> resolution.version THEN
    PERFORM ledger_refuse('vote_is_on_this_version',
      format('The paper has changed: version %s is now before the board. Your vote was not recorded.', resolution.version));
  END IF;
  IF grants_in_conflict(NEW.resolution_id, NEW.version, NEW.trustee_id) IS NOT FALSE THEN
    PERFORM ledger_refuse('voter_is_unconflicted',
      'Only a trustee who has declared that she has no conflict votes on this paper.');
  END IF;
  IF NEW.casting THEN
    SELECT * INTO board FROM grants_board WHERE id = resolution.board_id;
    IF NOT board.casting_vote OR board.chair_id <> NEW.trustee_id THEN
      PERFORM ledger_refuse('casting_vote_is_the_chairs', 'Only the chair has a casting vote, and only where the governing document gives one.');
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_vote BEFORE INSERT ON grants_vote FOR EACH ROW EXECUTE FUNCTION grants_before_vote();

-- ======== the way back
DROP TRIGGER before_vote ON grants_vote;
DROP TRIGGER before_interest ON grants_interest;
DROP FUNCTION grants_before_vote(), grants_before_interest(), grants_tally(bigint, integer),
  grants_in_conflict(bigint, integer, bigint);
