"""One table: role × page × answer. A page of the back office of grants without a line here fails the last test."""

from datetime import date

import pytest
from django.urls import reverse

from grants.models import Award, Board, Round
from grants.wagtail_hooks import Grants
from tests.factories import grants

pytestmark = pytest.mark.django_db

ROLES = [
    *("editor", "fundraiser", "finance_officer", "treasurer", "grants_officer", "chair", "administrator"),
    *("stranger", "nobody"),
]
P, S, G, A = "finance_officer", "treasurer", "grants_officer", "administrator"
LOOK = {P, S, G, A}
PREPARED = {P, G, A}  # not for trustees, whatever else they are: they read it on the board's pages

# Who gets the page, where the thing is in a state that allows it. Actions are for those whose role says so: the
# administrator, a superuser, looks and does nothing.
PAGES = {
    "enter_application:form": {G},
    "applications:index": PREPARED,
    "applications:index_results": PREPARED,
    "applications:inspect": PREPARED,
    "applications:correct": {G},
    "applications:withdraw": {G},
    "applications:resolution": {G},
    "resolutions:index": PREPARED,
    "resolutions:index_results": PREPARED,
    "resolutions:inspect": PREPARED,
    "resolutions:edit": {G},
    "resolutions:open": {G},
    "resolutions:new-version": {G},
    "resolutions:try-again": {G},
    "resolutions:withdraw": {G},
    "awards:index": LOOK,
    "awards:index_results": LOOK,
    "awards:inspect": LOOK,
    "awards:plan": {G},
    "awards:offer": {G},
    "awards:accept": {G},
    "awards:recover": {P, S},
    "awards:close": {G},
    "awards:lapse": {G},
    "instalments:index": LOOK,
    "instalments:index_results": LOOK,
    "instalments:inspect": LOOK,
    "instalments:request": {G},
    "instalments:authorise": {P, S},
    "instalments:confirm": {P, S},
    "instalments:condition": {P, S},
    "instalments:free": {G},
    "instalments:reschedule": {G},
    "instalments:hold": {G},
    "instalments:send-back": {P, S},
    "instalments:bounce": {P, S},
    "instalments:cancel": {G},
    "programmes:index": LOOK,
    "programmes:index_results": LOOK,
    "programmes:inspect": LOOK,
    "programmes:add": {G, A},
    "programmes:edit": {G, A},
    "programmes:delete": set(),
    "programmes:history": {G, A},
    "programmes:history_results": {G, A},
    "programmes:usage": {G, A},
    "rounds:index": LOOK,
    "rounds:index_results": LOOK,
    "rounds:inspect": LOOK,
    "rounds:add": {G, A},
    "rounds:edit": {G, A},
    "rounds:delete": set(),
    "rounds:history": {G, A},
    "rounds:history_results": {G, A},
    "rounds:usage": {G, A},
    "boards:index": LOOK,
    "boards:index_results": LOOK,
    "boards:inspect": LOOK,
    "boards:add": {A},
    "boards:edit": {A},
    "boards:delete": set(),
    "boards:history": {A},
    "boards:history_results": {A},
    "boards:usage": {A},
}
LISTS = ("index", "index_results", "add", "form")


@pytest.fixture
def somewhere(people, resolution, programme, nurse_fund):
    """One row of everything; the number of each."""
    done = grants.proposal(programme, by=people.grants_officer, title="Earlier")
    award = grants.carried(grants.opened(done, (nurse_fund, "1,000"), by=people.grants_officer), people)
    (instalment,) = grants.planned(award, people, "1,000")
    a_round = Round.objects.create(
        programme=programme, name="Autumn", opens_on=date(2026, 9, 1), closes_on=date(2026, 10, 31)
    )
    return {
        "applications": resolution.application_id, "resolutions": resolution.pk, "awards": award.pk,
        "instalments": instalment.pk, "programmes": programme.pk, "boards": Board.objects.get().pk,
        "rounds": a_round.pk,
    }  # fmt: skip


def address(page: str, somewhere: dict[str, int]) -> str:
    views, _, name = page.partition(":")
    return reverse(page, args=[] if name in LISTS else [somewhere[views]])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_the_pages_of_its_table_and_no_other(client, people, somewhere, role):
    if role != "nobody":
        client.force_login(getattr(people, role))
    opened = set()
    for page in PAGES:
        answer = client.get(address(page, somewhere))
        assert answer.status_code in (200, 302, 403), (role, page, answer.status_code)
        led_to_the_thing = answer.status_code == 302 and answer["Location"].startswith("/admin/grants/")
        if answer.status_code == 200 or led_to_the_thing:
            opened.add(page)
    assert opened == {page for page, allowed in PAGES.items() if role in allowed}


@pytest.mark.parametrize("role", ROLES)
def test_no_button_does_anything_for_a_role_that_may_not(client, people, somewhere, role):
    """By POST, straight to the address: nothing changes, and a superuser is no exception."""
    if role != "nobody":
        client.force_login(getattr(people, role))
    before = standing()
    everything_that_forms_ask = {
        "because": "b", "text": "t", "accepted_by": "a", "evidence": "e", "bank_reference": "B", "title": "t",
        "organisation": "o", "summary": "s", "requested": "1",
    }  # fmt: skip
    for page, allowed in PAGES.items():
        if page.partition(":")[2] in ("index", "index_results", "inspect", "history", "history_results", "usage"):
            continue
        if role in allowed or page.startswith(("programmes", "rounds", "boards")):
            continue
        answer = client.post(address(page, somewhere), everything_that_forms_ask)
        assert answer.status_code in (302, 403), (role, page, answer.status_code)
    assert standing() == before


def standing() -> list[object]:
    """Everything that an action could change."""
    from grants.models import Application, Event, Instalment, Resolution

    return [
        list(model.objects.order_by("pk").values()) for model in (Application, Resolution, Award, Instalment, Event)
    ]


def test_every_address_of_the_back_office_of_grants_has_its_line():
    known = {
        f"{views.url_namespace}:{pattern.name}"
        for views in Grants().registerables
        for pattern in views.get_urlpatterns()
        if pattern.name
    }
    assert known == set(PAGES)


@pytest.mark.parametrize("views", ["applications", "resolutions", "awards", "instalments"])
def test_there_is_no_address_at_which_it_could_be_edited_freely(people, signed_in, somewhere, views):
    gale = signed_in(people.administrator)
    for path in ("new/", "add/", "edit/1/", "delete/1/", "copy/1/", "history/1/"):
        assert gale.post(reverse(f"{views}:index") + path).status_code in (404, 405)
    assert gale.post(reverse(f"{views}:index"), {"title": "changed"}).status_code == 405
    assert gale.post(reverse(f"{views}:inspect", args=[somewhere[views]]), {"title": "changed"}).status_code == 405
    assert gale.post(f"/admin/bulk/grants/{views[:-1]}/delete/?id={somewhere[views]}&next=/admin/").status_code == 404


def test_a_treasurer_who_is_in_conflict_opens_no_paper_in_the_admin_either(people, signed_in, resolution):
    sandy = signed_in(people.treasurer)
    for views, pk in (("resolutions", resolution.pk), ("applications", resolution.application_id)):
        page = sandy.get(reverse(f"{views}:inspect", args=[pk]), follow=True)
        assert "no nurse on this coast" not in page.content.decode()
        assert "12,000" not in page.content.decode()


def test_the_menu_shows_what_can_be_opened(people, signed_in):
    def menu(person) -> str:
        return signed_in(person).get("/admin/").content.decode()

    assert "/admin/grants/enter/" in menu(people.grants_officer)
    assert "/admin/grants/instalments/" in menu(people.finance_officer)
    assert "/admin/grants/enter/" not in menu(people.finance_officer)
    assert "/admin/grants/resolutions/" not in menu(people.treasurer)
    assert "/admin/grants/" not in menu(people.editor)
