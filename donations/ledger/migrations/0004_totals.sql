-- The totals, kept in the posting transaction by one trigger for each statement that writes lines.
--
-- Order of work: the laws of each entry (no lock held), then each fund's position, which is its lock, then what stands
-- under that lock: its purposes, its awards, its balances. Funds go in id order, so two writers never wait for each
-- other in a ring.

-- A new fund, and a new purpose of a fund, open at nil.
CREATE FUNCTION ledger_open_position() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'ledger_fund' THEN
    INSERT INTO ledger_fund_position (fund_id) VALUES (NEW.id);
  ELSE
    INSERT INTO ledger_purpose_position (fund_id, purpose_id) VALUES (NEW.fund_id, NEW.purpose_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fund_opens_at_nil AFTER INSERT ON ledger_fund FOR EACH ROW EXECUTE FUNCTION ledger_open_position();
CREATE TRIGGER purpose_opens_at_nil AFTER INSERT ON ledger_fund_purpose FOR EACH ROW EXECUTE FUNCTION ledger_open_position();

-- One award in one fund. Called under the fund's lock.
CREATE FUNCTION ledger_move_award(p_award text, p_fund bigint, d_reserved bigint, d_awarded bigint, d_paid bigint, d_owed bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  held ledger_award_position;
  fund record;
BEGIN
  -- A nil row first: an upsert would test the CHECKs on the bare change, not on the sum.
  INSERT INTO ledger_award_position (award, fund_id) VALUES (p_award, p_fund) ON CONFLICT DO NOTHING;
  SELECT * INTO held FROM ledger_award_position WHERE award = p_award AND fund_id = p_fund;
  SELECT code, name INTO fund FROM ledger_fund WHERE id = p_fund;
  IF d_owed < 0 AND held.owed + d_owed < 0 THEN
    PERFORM ledger_refuse('award_paid_within_awarded',
      format('Award %s has %s still owed from %s.', p_award, ledger_pounds(held.owed), fund.name),
      json_build_object('award', p_award, 'fund', fund.code, 'left', held.owed, 'asked', -d_owed));
  END IF;
  IF held.reserved + d_reserved < 0 THEN
    PERFORM ledger_refuse('award_reserved_not_negative',
      format('Award %s has %s reserved from %s.', p_award, ledger_pounds(held.reserved), fund.name),
      json_build_object('award', p_award, 'fund', fund.code, 'left', held.reserved, 'asked', -d_reserved));
  END IF;
  UPDATE ledger_award_position
     SET reserved = reserved + d_reserved, awarded = awarded + d_awarded, paid = paid + d_paid, owed = owed + d_owed
   WHERE award = p_award AND fund_id = p_fund;
END $$;

-- Plans are made once for each session, whatever the first statement's size: a look-up by key is right for two lines
-- and for twenty thousand, and a plan that reads whole tables must never be the one that is kept.
CREATE FUNCTION ledger_after_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  seen record;    -- what the statement holds, and the first law it breaks
  d record;       -- a change to a position
  short record;   -- the position that cannot cover it
BEGIN
  WITH piece AS (                                   -- one entry, in one fund, for one purpose and award
    SELECT l.entry_id, l.fund_id, l.purpose_id, l.award, count(*) AS lines, sum(l.amount) AS total,
           l.award IS NULL AND bool_or(a.per_award) AS nameless,
           l.award IS NOT NULL AS names_award,
           bool_or(a.kind = 'transfer') AS transfers,
           coalesce(sum(l.amount) FILTER (WHERE a.kind = 'transfer'), 0) AS transferred,
           bool_or(a.feeds IN ('reserved', 'awarded')) IS TRUE AS allocates,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'awarded'), 0) AS awarded,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds IN ('reserved', 'awarded')), 0) AS allocated
      FROM new_lines l JOIN ledger_account a ON a.id = l.account_id
     GROUP BY l.entry_id, l.fund_id, l.purpose_id, l.award),
  part AS (                                         -- one entry in one fund
    SELECT entry_id, fund_id, sum(total) AS total, sum(transferred) AS transferred,
           bool_or(nameless) AS nameless, bool_or(names_award) AS names_award, bool_or(transfers) AS transfers,
           bool_or(allocates) AS allocates, bool_or(allocated > 0) AS allocates_more,
           bool_or(awarded > 0 AND allocated <> 0) AS awards_unreserved,
           sum(sum(lines)) OVER entry AS lines, sum(sum(transferred)) OVER entry AS transferred_in_all
      FROM piece GROUP BY entry_id, fund_id WINDOW entry AS (PARTITION BY entry_id))
  SELECT min(CASE
           WHEN p.total <> 0 THEN 'entry_balances_in_each_fund'
           WHEN p.lines <> (SELECT count(*) FROM ledger_line w WHERE w.entry_id = p.entry_id) THEN 'entry_is_written_once'
           WHEN p.nameless THEN 'grant_line_names_its_award'
           WHEN p.transferred_in_all <> 0 THEN 'transfers_net_to_nil'
           WHEN p.transferred <> 0 AND e.kind NOT IN ('transfer', 'charge', 'opening') THEN 'transfer_is_its_own_kind'
           WHEN p.transfers AND NOT k.decision AND e.kind <> 'opening' THEN 'transfer_is_its_own_kind'
           WHEN p.transferred > 0 AND f.class NOT IN ('unrestricted', 'designated') AND e.authority = ''
             THEN 'restricted_money_needs_authority'
           WHEN p.allocates AND f.class = 'endowment_permanent' THEN 'capital_is_kept'
           WHEN k.decision AND f.closed < e.effective THEN 'fund_is_open'
           -- Openings bring in the past; reversals mirror something already lawful.
           WHEN e.kind = 'opening' OR e.reverses_id IS NOT NULL THEN NULL
           WHEN p.awards_unreserved THEN 'nothing_awarded_unreserved'
           WHEN p.allocates_more AND NOT k.decision THEN 'only_a_decision_allocates'
         END) AS law,
         bool_or(e.reverses_id IS NOT NULL) AS reverses, bool_or(p.names_award) AS names_award,
         min(p.fund_id) <> max(p.fund_id) AS several_funds
    INTO seen
    FROM part p JOIN ledger_entry e ON e.id = p.entry_id JOIN ledger_kind k ON k.code = e.kind
    JOIN ledger_fund f ON f.id = p.fund_id;
  IF seen.law IS NOT NULL THEN
    PERFORM ledger_refuse(seen.law);
  END IF;

  IF seen.reverses AND EXISTS (
       SELECT FROM (SELECT DISTINCT e.id, e.reverses_id FROM new_lines l JOIN ledger_entry e ON e.id = l.entry_id
                     WHERE e.reverses_id IS NOT NULL) r
        WHERE EXISTS (SELECT account_id, fund_id, purpose_id, award, -amount FROM ledger_line WHERE entry_id = r.reverses_id
                      EXCEPT ALL SELECT account_id, fund_id, purpose_id, award, amount FROM new_lines WHERE entry_id = r.id)
           OR EXISTS (SELECT account_id, fund_id, purpose_id, award, amount FROM new_lines WHERE entry_id = r.id
                      EXCEPT ALL SELECT account_id, fund_id, purpose_id, award, -amount FROM ledger_line WHERE entry_id = r.reverses_id)) THEN
    PERFORM ledger_refuse('reversal_mirrors_its_entry');
  END IF;

  -- One fund is locked by its own UPDATE below.
  IF seen.several_funds OR seen.names_award THEN
    PERFORM FROM ledger_fund_position WHERE fund_id IN (SELECT fund_id FROM new_lines) ORDER BY fund_id FOR NO KEY UPDATE;
  END IF;

  IF seen.names_award THEN
    PERFORM ledger_move_award(m.award, m.fund_id, m.reserved, m.awarded, m.paid, m.owed) FROM (
      SELECT l.award, l.fund_id,
             coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'reserved'), 0)::bigint AS reserved,
             coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'awarded'), 0)::bigint AS awarded,
             coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'paid'), 0)::bigint AS paid,
             coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'owed'), 0)::bigint AS owed
        FROM new_lines l JOIN ledger_account a ON a.id = l.account_id
       WHERE l.award IS NOT NULL AND a.per_award GROUP BY l.award, l.fund_id ORDER BY l.award, l.fund_id) m;
  END IF;

  -- Each fund, then its purposes; facts before decisions, so that no decision stands on money a fact takes away.
  FOR d IN
    SELECT l.fund_id, l.purpose_id, k.decision, coalesce(sum(l.amount * a.sign * a.frees), 0)::bigint AS freed,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'raised'), 0)::bigint AS raised,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'moved'), 0)::bigint AS moved,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'spent'), 0)::bigint AS spent,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'awaited'), 0)::bigint AS awaited,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'pledged'), 0)::bigint AS pledged,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'reserved'), 0)::bigint AS reserved,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'awarded'), 0)::bigint AS awarded,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'paid'), 0)::bigint AS paid,
           coalesce(sum(l.amount * a.sign) FILTER (WHERE a.feeds = 'owed'), 0)::bigint AS owed
      FROM new_lines l JOIN ledger_account a ON a.id = l.account_id
      JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_kind k ON k.code = e.kind
     GROUP BY GROUPING SETS ((l.fund_id, k.decision), (l.fund_id, l.purpose_id, k.decision))
     ORDER BY l.fund_id, l.purpose_id NULLS FIRST, k.decision
  LOOP
    IF d.purpose_id IS NULL THEN
      UPDATE ledger_fund_position p SET
          raised = p.raised + d.raised, moved = p.moved + d.moved, spent = p.spent + d.spent,
          awaited = p.awaited + d.awaited, pledged = p.pledged + d.pledged, reserved = p.reserved + d.reserved,
          awarded = p.awarded + d.awarded, paid = p.paid + d.paid, owed = p.owed + d.owed,
          shortfall = CASE WHEN d.decision THEN least(p.shortfall, greatest(0, -(p.available + d.freed)))
                           ELSE greatest(0, -(p.available + d.freed)) END
       WHERE p.fund_id = d.fund_id
         AND (NOT d.decision OR d.freed >= 0 OR p.available + d.freed + p.shortfall >= 0);
      IF NOT FOUND THEN
        SELECT f.code, f.name, p.available INTO short
          FROM ledger_fund_position p JOIN ledger_fund f ON f.id = p.fund_id WHERE p.fund_id = d.fund_id;
        PERFORM ledger_refuse('no_over_allocation',
          format('%s has %s left.', short.name, ledger_pounds(greatest(short.available, 0))),
          json_build_object('fund', short.code, 'left', short.available, 'asked', -d.freed));
      END IF;
    ELSE
      UPDATE ledger_purpose_position p SET
          raised = p.raised + d.raised, moved = p.moved + d.moved, spent = p.spent + d.spent,
          awaited = p.awaited + d.awaited, pledged = p.pledged + d.pledged, reserved = p.reserved + d.reserved,
          awarded = p.awarded + d.awarded, paid = p.paid + d.paid, owed = p.owed + d.owed,
          shortfall = CASE WHEN d.decision THEN least(p.shortfall, greatest(0, -(p.available + d.freed)))
                           ELSE greatest(0, -(p.available + d.freed)) END
       WHERE p.fund_id = d.fund_id AND p.purpose_id = d.purpose_id
         AND (NOT d.decision OR d.freed >= 0 OR p.available + d.freed + p.shortfall >= 0);
      IF NOT FOUND THEN
        -- What this very entry brings to the purpose counts as left for it.
        SELECT f.code, f.name, u.code AS purpose, u.name AS purpose_name,
               p.available + greatest(d.moved, 0) AS left, greatest(d.moved, 0) - d.freed AS asked INTO short
          FROM ledger_purpose_position p JOIN ledger_fund f ON f.id = p.fund_id JOIN ledger_purpose u ON u.id = p.purpose_id
         WHERE p.fund_id = d.fund_id AND p.purpose_id = d.purpose_id;
        PERFORM ledger_refuse('no_over_allocation_for_purpose',
          format('%s has %s left for %s.', short.name, ledger_pounds(greatest(short.left, 0)), lower(short.purpose_name)),
          json_build_object('fund', short.code, 'purpose', short.purpose, 'left', short.left, 'asked', short.asked));
      END IF;
    END IF;
  END LOOP;

  INSERT INTO ledger_balance AS b (fund_id, purpose_id, account_id, kind, month, debits, credits, lines)
    SELECT l.fund_id, l.purpose_id, l.account_id, e.kind, date_trunc('month', e.effective)::date,
           sum(greatest(l.amount, 0)), sum(greatest(-l.amount, 0)), count(*)
      FROM new_lines l JOIN ledger_entry e ON e.id = l.entry_id
     GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 3, 5, 2, 4
  ON CONFLICT (fund_id, account_id, month, purpose_id, kind) DO UPDATE
    SET debits = b.debits + excluded.debits, credits = b.credits + excluded.credits, lines = b.lines + excluded.lines;
  RETURN NULL;
END $$;
CREATE TRIGGER line_laws AFTER INSERT ON ledger_line
  REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION ledger_after_lines();

-- ======== the way back
DROP TRIGGER line_laws ON ledger_line;
DROP TRIGGER fund_opens_at_nil ON ledger_fund;
DROP TRIGGER purpose_opens_at_nil ON ledger_fund_purpose;
DROP FUNCTION ledger_after_lines(), ledger_move_award(text, bigint, bigint, bigint, bigint, bigint), ledger_open_position();
