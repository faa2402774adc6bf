"""A centre is found by postcode area, nation and need, without a map."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content import edition
from content.models import (
    CancerSite,
    Centre,
    CentreIndexPage,
    CentrePage,
    NetworkLead,
    NetworkMember,
    NetworkPage,
    Person,
    Specialty,
)
from content.nearby import FAR, HERE, ROUND_HERE, Place, nearness, place_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("po1 3ax", Place("PO", "PO1")),
        ("PO13AX", Place("PO", "PO1")),
        ("PO1", Place("PO", "PO1")),
        ("po", Place("PO")),
        ("W1A 1AA", Place("W", "W1A")),
        ("M1", Place("M", "M1")),
        ("Portsmouth", None),
        ("12", None),
        ("PO1 3A", None),
        ("<b>", None),
    ],
)
def test_a_place_is_whatever_begins_a_postcode(typed, place):
    assert place_of(typed) == place


@pytest.mark.parametrize(
    ("asked", "near"), [("ZZ1", HERE), ("ZZ", HERE), ("ZZ9", ROUND_HERE), ("ZY4", HERE), ("PO1", FAR)]
)
def test_the_district_is_nearer_than_the_area(asked, near):
    assert nearness([Place("ZZ", "ZZ1"), Place("ZY")], place_of(asked)) == near


def centre_of(name, postcode="ZZ1 1AA", nation="england", **more) -> Centre:
    """A centre."""
    centre = Centre(name=name, postcode=postcode, nation=nation, **more)
    centre.full_clean()
    centre.save()
    return centre


@pytest.fixture
def lung(db) -> CancerSite:
    """Where a cancer may begin."""
    return CancerSite.objects.create(name="Lung")


@pytest.fixture
def index(home) -> CentreIndexPage:
    """The list of centres, with a page for one of the three."""
    page = home.add_child(instance=CentreIndexPage(title="Centres", slug="centres"))
    kingfisher = centre_of("Kingfisher", areas="zz1, zz2", telephone="01632 960050")
    page.add_child(instance=CentrePage(title="Kingfisher", slug="kingfisher", centre=kingfisher))
    centre_of("Eastquay", "ZZ3 4BB")
    centre_of("Saltmarsh", "ZW7 2DD", "wales")
    return page


def names(client, query="") -> list[str]:
    """The centres shown, in their order."""
    found = client.get(f"/centres/{query}").context["found"]
    return [each.name for each in found.all]


def near(client, query) -> list[str]:
    """Those of them that are near."""
    return [each.name for each in client.get(f"/centres/{query}").context["found"].near]


def test_all_centres_are_listed_until_something_is_asked(client, index):
    assert names(client) == ["Eastquay", "Kingfisher", "Saltmarsh"]
    page = client.get("/centres/").content.decode()
    assert '<a href="/centres/kingfisher/">Kingfisher</a>' in page
    assert "Error:" not in page


def test_those_of_a_postcode_come_first_and_the_others_stand_further_away(client, index):
    assert near(client, "?place=zz2+9xx") == ["Kingfisher"]
    assert names(client, "?place=ZZ3") == ["Eastquay", "Kingfisher", "Saltmarsh"]
    both = client.get("/centres/?place=ZZ1").content.decode()
    assert "1 centre looks after ZZ1" in both
    assert both.index("Kingfisher</a>") < both.index("Elsewhere in ZZ") < both.index("Eastquay")
    page = client.get("/centres/?place=ZW").content.decode()
    assert "1 centre looks after ZW" in page
    assert page.index("Saltmarsh") < page.index("Further away") < page.index("Kingfisher</a>")


def test_a_place_that_nobody_looks_after_still_shows_where_else(client, index):
    page = client.get("/centres/?place=AB1").content.decode()
    assert "No centre here looks after AB1" in page
    assert "Ring our helpline" in page
    assert "Kingfisher" in page


def test_nation_and_need_narrow_the_list(client, index, lung):
    Centre.objects.get(name="Saltmarsh").cancer_sites.through.objects.create(
        centre=Centre.objects.get(name="Saltmarsh"), cancersite=lung
    )
    assert names(client, "?nation=wales") == ["Saltmarsh"]
    assert names(client, f"?site={lung.pk}") == ["Saltmarsh"]
    assert names(client, f"?site={lung.pk}&nation=england") == []
    assert "No centre matches" in client.get("/centres/?nation=scotland").content.decode()


def test_what_is_no_postcode_is_answered_with_a_sentence_and_all_centres(client, index):
    page = client.get("/centres/?place=Eastquay")
    assert "Enter a postcode, or the first part of one" in page.content.decode()
    assert "<title>Error: Centres" in page.content.decode()
    assert len(page.context["found"].near) == 3
    assert client.get("/centres/?nation=mars&site=x").status_code == 200


def test_a_draft_is_not_listed(client, index):
    Centre.objects.filter(name="Eastquay").update(live=False)
    assert names(client) == ["Kingfisher", "Saltmarsh"]


@pytest.mark.parametrize(("field", "value"), [("postcode", "ZZ1"), ("postcode", "here"), ("areas", "ZZ1 Eastquay")])
def test_a_postcode_that_is_none_is_refused(db, field, value):
    with pytest.raises(ValidationError) as refused:
        centre_of("Kingfisher", **{field: value})
    assert field in refused.value.message_dict


def test_a_point_has_two_numbers(db):
    centre = centre_of("Kingfisher")
    with pytest.raises(IntegrityError, match="centre_stands_at_a_point_or_none"), transaction.atomic():
        Centre.objects.filter(pk=centre.pk).update(latitude=50)


@pytest.mark.parametrize("many", [5, 50])
def test_fifty_centres_take_no_more_questions_than_five(client, index, lung, many, django_assert_max_num_queries):
    for at in range(many):
        centre = centre_of(f"Clinic {at}", f"ZY{at} 1AA")
        centre.cancer_sites.add(lung)
        centre.save()
        index.add_child(instance=CentrePage(title=centre.name, slug=f"clinic-{at}", centre=centre))
    client.get("/centres/?place=ZY1")
    edition.forget()
    with django_assert_max_num_queries(10):
        assert f"Clinic {many - 1}" in client.get("/centres/?place=ZY1").content.decode()


def test_the_page_of_a_centre_says_how_to_reach_it_and_who_is_there(client, index):
    page = CentrePage.objects.get()
    page.centre.specialties.add(Specialty.objects.create(name="Nursing", words="Knows your week."))
    page.centre.save()
    Centre.objects.filter(pk=page.centre_id).update(referral="Ask your family doctor.")
    shown = client.get("/centres/kingfisher/").content.decode()
    for words in ("01632 960050", "ZZ1 1AA", "Nursing", "Knows your week.", "Ask your family doctor."):
        assert words in shown


@pytest.fixture
def network(index) -> NetworkPage:
    """Two of the three as one team."""
    lead, founder = (Person.objects.create(name=name) for name in ("Mr Jasper Spindrift", "Mr Barnaby Mooring"))
    page = NetworkPage(
        title="Solent Network",
        slug="network",
        formed_in=2005,
        rhythm="Every Tuesday",
        patients_a_year=100,
        patients_as_of=date(2026, 3, 31),
        patients_source="the network’s list",
        members=[
            NetworkMember(centre=Centre.objects.get(name="Kingfisher"), is_meeting=True, sort_order=0),
            NetworkMember(centre=Centre.objects.get(name="Saltmarsh"), sort_order=1),
        ],
        leads=[
            NetworkLead(person=lead, role="Clinical lead", began_in=2019),
            NetworkLead(person=founder, role="Founder", began_in=2005, ended_in=2019),
        ],
    )
    return index.add_child(instance=page)


def test_a_network_names_its_centres_its_lead_and_whoever_led_it_before(client, network):
    page = client.get("/centres/network/").content.decode()
    assert "The team meets here, and patients are treated here" in page
    assert "Saltmarsh" in page
    assert "Eastquay" not in page
    assert "Clinical lead since 2019" in page
    assert "Mr Barnaby Mooring, Founder, 2005–2019" in page
    assert "Every Tuesday." in page
    assert "Patients counted by the network’s list on 31 March 2026." in page


def test_a_centre_of_a_network_is_found_by_postcode_on_its_page_too(client, network):
    found = client.get("/centres/network/?place=ZW").context["found"]
    assert [centre.name for centre in found.near] == ["Saltmarsh"]
    assert [centre.name for centre in found.others] == ["Kingfisher"]


def test_the_page_of_a_centre_leads_to_its_network_and_the_list_does_too(client, network):
    assert 'href="/centres/network/"' in client.get("/centres/kingfisher/").content.decode()
    assert 'href="/centres/network/"' in client.get("/centres/").content.decode()


def test_a_typed_figure_without_day_and_source_is_refused(network):
    with pytest.raises(IntegrityError, match="network_counts_patients_with_a_source"), transaction.atomic():
        NetworkPage.objects.update(patients_source="")


def test_nobody_ceases_to_lead_before_they_began(network):
    with pytest.raises(IntegrityError, match="network_lead_ends_after_it_begins"), transaction.atomic():
        NetworkLead.objects.update(ended_in=1999)
