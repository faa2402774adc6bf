-- Each transaction notes that it changed something of which pages are made, and when it did so last. The triggers are
-- in content/edition.sql, which is run after every migrate.

CREATE FUNCTION content_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO content_change AS known (transaction, at) VALUES (txid_current(), clock_timestamp())
    ON CONFLICT (transaction) DO UPDATE SET at = excluded.at;
  RETURN NULL;
END $$;

-- Two that differ in anything differ in this: a transaction that ends late adds to the number, one that is forgotten
-- (content/models/change.py) moves the first moment.
CREATE FUNCTION content_edition() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(' ', count(*), min(at), max(at)) FROM content_change
$$;

-- ======== the way back
DROP FUNCTION content_edition();
DROP FUNCTION content_has_changed() CASCADE;
