-- What the door does for each form, cheaper: nearly all are let in, so that is counted by a statement that is planned
-- once a connection; and nobody looks for a digest by its beginning.

CREATE OR REPLACE FUNCTION donations_count_minute(at timestamptz, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF what = 'let_in' THEN
    INSERT INTO donations_watchedminute AS m (minute, let_in) VALUES (date_trunc('minute', at), 1)
    ON CONFLICT (minute) DO UPDATE SET let_in = m.let_in + 1;
  ELSE
    EXECUTE format('INSERT INTO donations_watchedminute AS m (minute, %1$I) VALUES ($1, 1)'
      ' ON CONFLICT (minute) DO UPDATE SET %1$I = m.%1$I + 1', what) USING date_trunc('minute', at);
  END IF;
END $$;

DROP INDEX donations_sighting_key_b82ec432_like;

-- ======== the way back
CREATE INDEX donations_sighting_key_b82ec432_like ON donations_sighting (key varchar_pattern_ops);
CREATE OR REPLACE FUNCTION donations_count_minute(at timestamptz, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO donations_watchedminute AS m (minute, %1$I) VALUES ($1, 1)'
    ' ON CONFLICT (minute) DO UPDATE SET %1$I = m.%1$I + 1', what) USING date_trunc('minute', at);
END $$;
