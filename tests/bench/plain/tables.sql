-- The rows of one gift, in tables without laws: an event, its two lines, a balance. Columns, and so widths, are the
-- ledger's own; a primary key each and the event's unique key are the only indexes, and nothing is triggered.
CREATE SCHEMA plain;
CREATE TABLE plain.event (LIKE ledger_entry INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id), UNIQUE (source_key));
CREATE TABLE plain.line (LIKE ledger_line INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id));
CREATE TABLE plain.balance (fund_id bigint PRIMARY KEY, debits bigint NOT NULL, credits bigint NOT NULL, lines bigint NOT NULL)
  WITH (fillfactor = 50);
INSERT INTO plain.balance SELECT id, 0, 0, 0 FROM ledger_fund;
GRANT USAGE ON SCHEMA plain TO almoner_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA plain TO almoner_app;
