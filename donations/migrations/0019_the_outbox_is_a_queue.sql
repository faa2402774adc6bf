-- The outbox is a queue of its own: one job sends all that waits, so that a letter costs no job.

-- Sees to it that such a job waits. It is asked when the letters are committed: the job that waits will find them.
CREATE FUNCTION donations_have_letters_sent() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'send_what_waits' AND status = 'todo') THEN
    PERFORM donations_lazily();
    BEGIN
      PERFORM procrastinate_defer_jobs_v1(ARRAY[
        ROW('default', 'donations.send_what_waits', 0, 'send_what_waits', 'send_what_waits', '{}', NULL)
      ]::procrastinate_job_to_defer_v1[]);
    EXCEPTION WHEN unique_violation THEN NULL; -- somebody else has just done so
    END;
  END IF;
END $$;

-- ======== the way back
-- What waits gets a job of its own, as before.
SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
    'default', 'donations.send_letter', 0, NULL, NULL, jsonb_build_object('letter', id), NULL
  )::procrastinate_job_to_defer_v1))
  FROM donations_letter WHERE sent_at IS NULL AND claimed_at IS NULL AND attempts = 0 HAVING count(*) > 0;
DROP FUNCTION donations_have_letters_sent;
