"""Long lists: read both ways, from where they are asked for, without the rest."""

from tests.stripe_standin.conftest import a_paid_gift, client_of

KINDS = ["charge.*", "payment_intent.succeeded"]


def test_events_are_listed_both_ways_by_type(standin, client):
    for _ in range(4):
        a_paid_gift(standin)
    wanted = [e["id"] for e in standin.events if e["type"] in {"charge.succeeded", "payment_intent.succeeded"}]
    listed = client.v1.events.list({"types": KINDS, "limit": 3})
    assert [event.id for event in listed.auto_paging_iter()] == wanted[::-1]
    back = client.v1.events.list({"types": KINDS, "limit": 3, "ending_before": wanted[0]})
    assert [event.id for event in back.auto_paging_iter()] == wanted[1:]


def test_events_are_listed_from_a_moment_and_up_to_one(standin, client):
    for _ in range(3):
        a_paid_gift(standin)
        standin.move_clock(1000)
    now = standin.account.now()
    charges = [event["id"] for event in standin.events_of("charge.succeeded")]

    def found(**created):
        listed = client.v1.events.list({"type": "charge.succeeded", "created": created, "limit": 1})
        return [event.id for event in listed.auto_paging_iter()]

    assert found(gte=now - 1500) == charges[2:]
    assert found(gt=now - 2500) == charges[:0:-1]
    assert found(lt=now - 1500) == charges[1::-1]
    assert found(gte=now - 2500, lte=now - 1500) == charges[1:2]
    assert found(gte=now + 5) == []


def test_what_was_made_out_of_order_is_found_by_its_date(standin, client):
    a_paid_gift(standin)
    event = standin.events_of("charge.succeeded")[0]
    standin.account.store.put(event | {"id": "evt_late", "created": event["created"] - 500})
    found = client.v1.events.list({"type": "charge.succeeded", "created": {"gte": event["created"] - 600}})
    assert [each.id for each in found.data] == ["evt_late", event["id"]]
    found = client.v1.events.list({"type": "charge.succeeded", "created": {"gte": event["created"] - 400}})
    assert [each.id for each in found.data] == [event["id"]]


def test_long_lists_are_read_by_their_indices(standin, client):
    a_paid_gift(standin)
    standin.move_clock(1000)
    queries = []
    store = standin.account.store
    store._connection.set_trace_callback(queries.append)
    since = {"gte": standin.account.now() - 10}
    client.v1.events.list({"types": ["charge.succeeded", "refund.failed"], "created": since})
    client.v1.balance_transactions.list({"source": "ch_1", "created": since})
    client.v1.refunds.list({"charge": "ch_1"})
    client.v1.disputes.list({"payment_intent": "pi_1"})
    store._connection.set_trace_callback(None)
    asked = [query for query in queries if "FROM objects" in query and "kind =" in query]
    assert len(asked) == 9
    for query in asked:
        plan = " ".join(row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN {query}"))
        assert " by " in plan, query
        assert "TEMP B-TREE" not in plan, query


def test_a_page_costs_no_more_where_the_list_is_longer(standin):
    store, counted = standin.account.store, []
    a_paid_gift(standin)
    body = standin.events_of("charge.succeeded")[0]
    with store.transaction():
        for number in range(2000):
            store.put(body | {"id": f"evt_{number}"})
    store._connection.set_progress_handler(lambda: counted.append(1), 100)
    client_of(standin.url, standin.key).v1.events.list({"types": KINDS, "starting_after": "evt_1000"})
    store._connection.set_progress_handler(None, 0)
    assert len(counted) < 50, "a page must not cost more where the list is longer"
