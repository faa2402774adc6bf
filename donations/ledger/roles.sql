-- What almoner_app may do. Run after every migrate, by the owner; running it again changes nothing.
-- Everywhere: read; and write what is not the ledger's. In the ledger: add, and open funds and purposes.
DO $$
DECLARE
  ordinary text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'almoner_app') THEN
    RAISE WARNING 'Role almoner_app is missing, so nothing was granted. As a superuser: CREATE ROLE almoner_app LOGIN; then migrate again.';
    RETURN;
  END IF;
  IF current_user = 'almoner_app' THEN
    RAISE WARNING 'almoner_app serves and does not migrate: run migrate as the owner of the database.';
    RETURN;
  END IF;

  GRANT USAGE ON SCHEMA public TO almoner_app;
  GRANT SELECT ON ALL TABLES IN SCHEMA public TO almoner_app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO almoner_app;
  SELECT string_agg(format('%I', c.relname), ', ') INTO ordinary
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     AND c.relname NOT LIKE 'ledger\_%' AND c.relname <> 'django_migrations';
  IF ordinary IS NOT NULL THEN
    EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO almoner_app', ordinary);
  END IF;

  GRANT INSERT ON ledger_entry, ledger_line TO almoner_app;
  GRANT INSERT, UPDATE ON ledger_fund, ledger_purpose TO almoner_app;     -- their meaning is guarded by triggers
  GRANT INSERT, UPDATE (usual) ON ledger_fund_purpose TO almoner_app;
  GRANT EXECUTE ON FUNCTION ledger_seal_month(date, bigint), ledger_month_digest(date, bytea), ledger_prove(),
    ledger_hold_funds(bigint[]) TO almoner_app;
END $$;
