-- Whoever migrates owns the tables; almoner_app serves. What the role may do is granted after every migrate, by
-- roles.sql, because tables come later too. A role belongs to the whole server, so the way back leaves it.

DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'almoner_app') THEN
    NULL;
  ELSIF (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    CREATE ROLE almoner_app LOGIN;
  ELSE
    RAISE WARNING 'Role almoner_app is missing and % may not create it. As a superuser: CREATE ROLE almoner_app LOGIN; then migrate again.',
      current_user;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;                                             -- another database of this server was first
END $$;

-- Nobody is given the right to seal and to prove merely by being there.
REVOKE ALL ON FUNCTION ledger_seal_month(date, bigint), ledger_month_digest(date, bytea), ledger_prove(),
  ledger_move_award(text, bigint, bigint, bigint, bigint, bigint), ledger_hold_funds(bigint[]) FROM PUBLIC;

-- ======== the way back
GRANT EXECUTE ON FUNCTION ledger_seal_month(date, bigint), ledger_month_digest(date, bytea), ledger_prove(),
  ledger_move_award(text, bigint, bigint, bigint, bigint, bigint), ledger_hold_funds(bigint[]) TO PUBLIC;
