"""Programmes: which round is open, which are over, what was given; the facts are those of grants."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from content.models import ProgrammeIndexPage, ProgrammePage
from grants.models import Programme, Round
from tests.content.reading.counting import queries_of
from tests.factories import funds, grants

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def programme(db) -> Programme:
    """What nurses are paid from."""
    return grants.programme(funds.nurse_fund())


@pytest.fixture
def index(home) -> ProgrammeIndexPage:
    """The list of programmes, empty."""
    return home.add_child(instance=ProgrammeIndexPage(title="Grants", slug="grants"))


@pytest.fixture
def page(index, programme) -> ProgrammePage:
    """The programme's page."""
    story = ProgrammePage(
        title="Specialist nurses", slug="nurses", programme=programme, standfirst="Posts for nurses.",
        how_to_apply="<p>Write to us first.</p>",
    )  # fmt: skip
    return index.add_child(instance=story)


def a_round(programme: Programme, *, begins_in: int, name: str) -> Round:
    """A round of ten days."""
    opens = TODAY() + timedelta(days=begins_in)
    return Round.objects.create(programme=programme, name=name, opens_on=opens, closes_on=opens + timedelta(days=10))


def test_an_open_round_is_said_with_its_last_day_and_how_to_apply(client, page, programme):
    a_round(programme, begins_in=-10, name="Last day")
    a_round(programme, begins_in=-90, name="Long over")
    shown = client.get("/grants/nurses/").content.decode()
    assert f"Open until {TODAY():%-d %B %Y}" in shown
    assert "Write to us first." in shown
    assert shown.index("Open now") < shown.index("Last day") < shown.index("Past rounds") < shown.index("Long over")


def test_a_round_to_come_is_announced(client, page, programme):
    a_round(programme, begins_in=40, name="Later")
    a_round(programme, begins_in=20, name="Sooner")
    shown = client.get("/grants/nurses/").content.decode()
    assert "Opens on" in shown
    assert shown.index("Sooner") < shown.index("Later")
    assert "Open now" not in shown


def test_between_rounds_nobody_is_invited(client, page, programme):
    a_round(programme, begins_in=-90, name="Long over")
    shown = client.get("/grants/nurses/").content.decode()
    assert "No round is open, and none has been announced." in shown
    assert "Write to us first." not in shown
    assert ">Closed<" in client.get("/grants/").content.decode()


def test_a_round_cannot_close_before_it_opens_nor_be_decided_before_it_closes(programme):
    spring = a_round(programme, begins_in=0, name="Spring")
    for law, wrong in (
        ("round_closes_after_it_opens", {"closes_on": spring.opens_on - timedelta(days=1)}),
        ("round_is_decided_after_it_closes", {"decided_by": spring.closes_on - timedelta(days=1)}),
    ):
        with pytest.raises(IntegrityError, match=law), transaction.atomic():
            Round.objects.filter(pk=spring.pk).update(**wrong)
    with pytest.raises(IntegrityError, match="round_is_named_once"), transaction.atomic():
        a_round(programme, begins_in=50, name="Spring")


def test_the_grants_officer_announces_a_round_and_deletes_none(client, people, programme):
    client.force_login(people.grants_officer)
    new = {"programme": programme.pk, "name": "Spring", "opens_on": "2027-01-04", "closes_on": "2027-02-12"}
    client.post("/admin/grants/rounds/new/", new)
    spring = Round.objects.get()
    assert spring.name == "Spring"
    client.post(f"/admin/grants/rounds/delete/{spring.pk}/")
    assert Round.objects.filter(pk=spring.pk).exists()


def test_the_list_asks_no_more_for_many_programmes_than_for_few(client, index, programme):
    def until(count: int) -> None:
        for number in range(index.get_children().count(), count):
            of = Programme.objects.create(
                name=f"Programme {number}", slug=f"p{number}", purpose=programme.purpose, fund=programme.fund
            )
            a_round(of, begins_in=0, name="Spring")
            index.add_child(
                instance=ProgrammePage(
                    title=of.name, slug=of.slug, programme=of, standfirst="Why.", how_to_apply="<p>–</p>"
                )
            )

    until(5)
    few = queries_of(client, "/grants/")
    until(50)
    assert queries_of(client, "/grants/") == few <= 15
    assert queries_of(client, "/grants/p3/") <= 15
