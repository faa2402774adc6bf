"""A page is made of what was published; until something else is, its parts are kept. Totals are asked for each time."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import RequestFactory
from django.utils import timezone

from content import edition
from content.apps import let_tables_tell
from content.blocks.bodies import HealthBody, HomeBody
from content.models import AppealIndexPage, AppealPage, Change, CharitySettings, InfoPage, Notice
from content.models.change import forget_old_changes
from content.templatetags.standing import is_live
from donations.models import Appeal
from grants.migrations._sql import WAY_BACK
from tests.factories import payments, stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return stories.a_site()


@pytest.fixture
def appeal_page(home, nurse_appeal) -> AppealPage:
    """The nurse's appeal, with a heading in its story."""
    index = home.add_child(instance=AppealIndexPage(title="Appeals", slug="appeals"))
    words = [("text", "<h2>What a nurse does</h2>")]
    told = AppealPage(title="A nurse", slug="nurse", appeal=nurse_appeal, standfirst="Why.", body=words)
    return index.add_child(instance=told)


def present() -> edition.Edition:
    """As a request finds it."""
    return edition.of(RequestFactory().get("/"))


def of_it(client) -> str:
    """The appeal's page."""
    return client.get("/appeals/nurse/").content.decode()


def test_of_one_edition_a_part_is_made_once():
    made = []
    for _ in range(3):
        assert present().kept(lambda: made.append("menu") or "menu", "menu") == "menu"
    assert made == ["menu"]
    Notice.objects.create(title="Closed on Friday", text="<p>We ring back.</p>")
    present().kept(lambda: made.append("menu") or "menu", "menu")
    assert len(made) == 2


def test_what_was_not_found_is_looked_for_again():
    found = iter([None, "page"])
    assert [present().kept(lambda: next(found), "page") for _ in range(3)] == [None, "page", "page"]


def test_only_so_much_is_kept(monkeypatch):
    monkeypatch.setattr(edition, "MOST", 3)
    for number in range(10):
        present().kept(lambda: "page", number)
    assert len(present().made) <= 3


def test_each_day_has_an_edition_of_its_own(monkeypatch):
    before = present()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(edition.timezone, "localdate", lambda: tomorrow)
    assert present() is not before


def test_a_preview_keeps_nothing_and_is_given_nothing(home):
    request = RequestFactory().get("/")
    request.is_preview = True
    edition.of(request).kept(lambda: "draft", "menu")
    assert present().kept(lambda: "published", "menu") == "published"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (lambda page: AppealPage.objects.filter(pk=page.pk).update(standfirst="Because"), "Because"),
        (lambda page: Appeal.objects.filter(pk=page.appeal_id).update(secondary_purpose="Or scans"), "Or scans"),
        (lambda page: page.appeal.suggested_amounts.filter(every="", pence=2500).update(pence=7700), "£77"),
        (lambda page: CharitySettings.objects.update(mission="So that nobody waits."), "So that nobody waits."),
        (lambda page: Notice.objects.create(title="Closed on Friday", text="<p>We ring back.</p>"), "Closed on Friday"),
        (lambda page: _as_an_editor(page), "What she also does"),
        (lambda page: page.get_parent().add_sibling("right", instance=_listed()), "Everybody’s page"),
    ],
)
def test_whatever_changes_is_on_the_very_next_page(client, appeal_page, changed, words):
    CharitySettings.objects.get_or_create(site=stories.Site.objects.get(), defaults={"name": "Harbour"})
    assert of_it(client) == of_it(client)
    assert words not in of_it(client)
    changed(AppealPage.objects.get())
    assert words in of_it(client)


def _as_an_editor(page: AppealPage) -> None:
    page.body = [("text", "<h2>What she also does</h2>")]
    page.save_revision().publish()


def _listed() -> InfoPage:
    return InfoPage(title="Everybody’s page", slug="all", show_in_menus=True)


def test_a_page_that_is_taken_down_is_not_found(client, appeal_page):
    of_it(client)
    appeal_page.unpublish()
    assert client.get("/appeals/nurse/").status_code == 404


def test_a_gift_is_in_the_total_at_once_and_makes_nothing_anew(client, appeal_page, django_assert_max_num_queries):
    of_it(client)
    before = present()
    payments.gift(appeal_page.appeal, 123_400)
    with django_assert_max_num_queries(2):  # which edition it is, and the total
        assert "£1,234" in of_it(client)
    assert present() is before


def test_who_reads_a_page_may_write_on_it_and_nobody_else_sees_that(client, appeal_page):
    shown = client.get("/appeals/nurse/").context["page"]
    shown.title = "Scribbled on"
    assert "Scribbled on" not in of_it(client)


def test_old_changes_become_one_and_are_another_edition():
    for number in range(3):
        Change.objects.create(transaction=number + 1, at=timezone.now() - timedelta(hours=2))
    before = present()
    forget_old_changes()
    assert not Change.objects.filter(transaction__in=[1, 2, 3]).exists()
    assert present() is not before
    kept = list(Change.objects.values())
    forget_old_changes()
    assert list(Change.objects.values()) == kept


def test_a_page_that_is_kept_whole_holds_no_figures_and_others_know_which_blocks_tell_them():
    assert not is_live(HealthBody())  # content/information_page.html keeps its article
    assert [name for name, block in HomeBody().child_blocks.items() if is_live(block)] == [
        "figures",
        "impact",
        "funded",
    ]


def test_a_figure_in_a_body_is_asked_for_each_time(client, home, nurse_appeal):
    raised = {"fund": "all", "position": "raised", "words": "raised", "round_to": ""}
    figures = {"heading": "", "figures": [{"type": "ledger", "value": raised}]}
    home.body = json.dumps([{"type": "text", "value": "<p>So far</p>"}, {"type": "impact", "value": figures}])
    home.save()
    assert "£1,234" not in client.get("/").content.decode()
    payments.gift(nurse_appeal, 123_400)
    assert "£1,234" in client.get("/").content.decode()


def test_the_way_back_leaves_nothing_and_the_way_forward_leaves_what_there_was():
    app = Path(apps.get_app_config("content").path)
    forward, back = (app / "migrations" / "0008_pages_have_editions.sql").read_text().split(WAY_BACK)

    def telling() -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'pages_are_made_of_it' ORDER BY 1"
            )
            return cursor.fetchall()

    before = telling()
    assert len(before) > 50
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(back)
        assert telling() == []
        let_tables_tell(using="default")
        assert telling() == [], "it was migrated backwards"
        cursor.execute(forward)
    let_tables_tell(using="default")
    let_tables_tell(using="default")
    assert telling() == before


@pytest.fixture
def another_editor(transactional_db) -> Iterator[None]:
    """Somebody else, whose work is committed."""
    yield
    connections.close_all()


def test_who_publishes_waits_for_nobody_and_nobody_sees_it_before_it_is_committed(another_editor):
    stories.a_site()
    seen, before = [], present()

    def publish_another_notice() -> None:
        Notice.objects.create(title="The second", text="<p>.</p>")
        connection.close()

    with transaction.atomic():
        Notice.objects.create(title="The first", text="<p>.</p>")
        second = threading.Thread(target=publish_another_notice)
        second.start()
        second.join(10)
        assert not second.is_alive()
        look = threading.Thread(target=lambda: (seen.append(present()), connection.close()))
        look.start()
        look.join(10)
    after = present()  # the first has an earlier moment, and was committed later
    assert len({id(each) for each in (before, *seen, after)}) == 3
