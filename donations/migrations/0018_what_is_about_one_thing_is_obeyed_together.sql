-- The inbox is a queue of its own: one job obeys all that waits, so that an event costs no job.

-- Sees to it that a job waits that will obey what the present transaction puts in the inbox. Such a job begins with
-- donations_wait_for_those_who_put_in: whoever saw it waiting has committed by then, and is seen in turn.
CREATE FUNCTION donations_have_it_obeyed() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('donations.obey_what_waits'));
  IF NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'obey_what_waits' AND status = 'todo') THEN
    BEGIN
      PERFORM procrastinate_defer_jobs_v1(ARRAY[
        ROW('default', 'donations.obey_what_waits', 1, NULL, 'obey_what_waits', '{}', NULL)
      ]::procrastinate_job_to_defer_v1[]);
    EXCEPTION WHEN unique_violation THEN NULL; -- somebody else has just done so
    END;
  END IF;
END $$;

CREATE FUNCTION donations_wait_for_those_who_put_in() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtext('donations.obey_what_waits'))
$$;

-- Said in a statement whose work would only be done once more, were it lost with the machine's power: its commit does
-- not wait for the disk. Most of an event's commits are of this kind.
CREATE FUNCTION donations_lazily() RETURNS text LANGUAGE sql AS $$
  SELECT set_config('synchronous_commit', 'off', true)
$$;

-- Gives a worker all new events about one thing, the one that has waited longest, unless another worker is at that
-- thing: two would only wait for each other. What failed once has a job of its own, and is not new any more.
-- The inbox grows from nothing to tens of thousands in a minute: no plan made for the one must serve the other.
CREATE FUNCTION donations_claim_events(lease interval)
  RETURNS TABLE (id bigint, kind varchar, object_id varchar, about varchar) LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
  SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  since timestamptz := clock_timestamp() - lease;
  thing varchar;
BEGIN
  PERFORM donations_lazily();
  PERFORM pg_advisory_xact_lock(hashtext('donations_claim_events'));
  SELECT event.about INTO thing FROM donations_stripeevent event
   WHERE event.handled_at IS NULL AND event.claimed_at IS NULL AND event.attempts = 0 AND NOT EXISTS (
     SELECT FROM donations_stripeevent other
      WHERE other.about = event.about AND other.handled_at IS NULL AND other.claimed_at >= since)
   ORDER BY event.id LIMIT 1;
  RETURN QUERY
    UPDATE donations_stripeevent event SET claimed_at = clock_timestamp(), attempts = event.attempts + 1
     WHERE event.about = thing AND event.handled_at IS NULL AND event.claimed_at IS NULL AND event.attempts = 0
    RETURNING event.id, event.kind, event.object_id, event.about;
END $$;

-- ======== the way back
-- What waits gets a job of its own, as before.
SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
    'default', 'donations.obey_event', 1, NULL, NULL, jsonb_build_object('event', id), NULL
  )::procrastinate_job_to_defer_v1))
  FROM donations_stripeevent WHERE handled_at IS NULL AND claimed_at IS NULL AND attempts = 0 HAVING count(*) > 0;
DROP FUNCTION donations_claim_events;
DROP FUNCTION donations_lazily;
DROP FUNCTION donations_wait_for_those_who_put_in;
DROP FUNCTION donations_have_it_obeyed;
