-- Whatever pages are made of tells when it is changed. Run after every migrate, by the owner; running it again changes
-- nothing. Tables of content do so unless they are named here; those of others only if they are.
DO $$
DECLARE
  made_of text;
BEGIN
  FOR made_of IN
    SELECT c.relname FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
       AND (c.relname LIKE 'content\_%' AND c.relname NOT IN (
              'content_change', 'content_dailyvisits', 'content_formmessage',
              'content_reminder', 'content_reviewlink', 'content_searchterm', 'content_word')
         OR c.relname IN (
              'wagtailcore_page', 'wagtailcore_pageviewrestriction', 'wagtailcore_site', 'wagtailcore_locale',
              'wagtaildocs_document', 'donations_appeal', 'donations_suggestedamount', 'ledger_fund', 'ledger_purpose',
              'grants_programme', 'grants_round', 'grants_award'))
       AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'pages_are_made_of_it')
  LOOP
    EXECUTE format('CREATE TRIGGER pages_are_made_of_it AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION content_has_changed()', made_of);
  END LOOP;
END $$;
