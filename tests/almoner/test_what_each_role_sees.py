"""The admin by role: a menu that leads nowhere forbidden, tasks that may be begun, two pages for the first day."""

import re

import pytest
from django.urls import reverse

from almoner import dashboards
from content.actions.laying_out import lay_out
from content.models import DailyVisits, HomePage, InfoPage, TemplatesPage

pytestmark = pytest.mark.django_db

STAFF = [
    *("editor", "clinician", "lay_reviewer", "publisher", "fundraiser", "finance_officer", "grants_officer"),
    "administrator",
]


@pytest.fixture
def home(db) -> HomePage:
    from wagtail.models import Page, Site

    top = Page.get_first_root_node()
    page = top.add_child(instance=HomePage(title="Home", slug="our-home", standfirst="Two sentences."))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": page})
    return page


def dashboard(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def addresses_in_the_menu(page: str) -> set[str]:
    return {each for each in re.findall(r'"url": "(/admin/[^"]*)"', page) if "logout" not in each}


@pytest.mark.parametrize("who", STAFF)
def test_the_menu_leads_nowhere_that_is_forbidden(client, people, home, nurse_appeal, who):
    found = addresses_in_the_menu(dashboard(client, getattr(people, who)))
    assert found
    for address in sorted(found):
        answer = client.get(address)
        assert answer.status_code in (200, 302), f"{who}: {address} answers {answer.status_code}"
        assert answer.get("Location") != "/admin/", f"{who} is turned away from {address}"


@pytest.mark.parametrize("who", STAFF)
def test_what_somebody_may_do_can_be_begun(client, people, home, nurse_appeal, who):
    person = getattr(people, who)
    page = dashboard(client, person)
    for task in dashboards.offered_to(person):
        address = reverse(task.address)
        assert f'href="{address}"' in page
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{who}: {task.words}"
        assert not answer.redirect_chain or answer.redirect_chain[-1][0] != "/admin/"


@pytest.mark.parametrize(
    ("who", "sees", "spared"),
    [
        (
            "editor",
            ["Your drafts", "Read in the last 28 days", "Asked to read", "Looked for"],
            ["Open appeals", "Restricted"],
        ),
        ("fundraiser", ["Open appeals", "Your drafts"], ["Asked to read", "Restricted funds", "Looked for"]),
        ("finance_officer", ["Restricted funds", "Open appeals"], ["Your drafts", "Read in the last"]),
        ("grants_officer", ["Applications: Submitted"], ["Your drafts", "Open appeals", "Restricted funds"]),
        ("clinician", ["When something waits for you"], ["Your drafts", "Open appeals", "Applications"]),
    ],
)
def test_each_role_lands_on_its_own_work(client, people, home, nurse_appeal, who, sees, spared):
    page = dashboard(client, getattr(people, who))
    for words in sees:
        assert words in page, words
    for words in spared:
        assert words not in page, words


def test_an_editor_finds_drafts_and_examples(client, people, home):
    lay_out(home, by=people.administrator)
    draft = home.add_child(instance=InfoPage(title="Half a page", slug="half", live=False, owner=people.editor))
    draft.save_revision(user=people.editor)
    page = dashboard(client, people.editor)
    assert "Half a page" in page
    assert "Copy “Example: a campaign”" in page


def test_visits_are_told(client, people, home):
    from django.utils import timezone

    for path, site, number in (("/", "", 20), ("/about/", "lighthouse.example", 3)):
        DailyVisits.objects.create(day=timezone.localdate(), path=path, referrer=site, visits=number)
    page = dashboard(client, people.editor)
    assert "23 visits" in page
    assert "lighthouse.example" in page
    assert 'role="img"' in page


def test_what_was_looked_for_in_vain_is_told(client, people, home):
    client.get("/search/", {"q": "Barnacle clinic"})
    assert "barnacle clinic" in dashboard(client, people.editor)


@pytest.mark.parametrize("who", STAFF)
def test_the_first_day_speaks_of_what_somebody_may_do(client, people, who):
    client.force_login(getattr(people, who))
    first = client.get(reverse("first_day"))
    second = client.get(reverse("how_a_page_is_published"))
    assert first.status_code == second.status_code == 200
    page = first.content.decode()
    assert ("Pages and pictures" in page) is (who in ("editor", "publisher", "fundraiser", "administrator"))
    assert ("Reading for others" in page) is (who in ("clinician", "lay_reviewer"))
    assert ("The books" in page) is (who in ("finance_officer", "administrator"))


def test_the_first_day_is_in_the_menu(client, people, home):
    assert reverse("first_day") in dashboard(client, people.editor)


# ---- examples to copy


def test_a_new_home_page_brings_examples_along(client, people, db):
    from wagtail.models import Page
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

    client.force_login(people.administrator)
    top = Page.get_first_root_node()
    form = {"title": "Harbour", "slug": "harbour-home", "standfirst": "Two sentences.", "body": streamfield([])}
    sent = nested_form_data(form | {"comments": inline_formset([])})
    client.post(reverse("wagtailadmin_pages:add", args=["content", "homepage", top.pk]), sent)
    place = TemplatesPage.objects.get()
    assert [page.title for page in place.get_children()] == [
        "Example: a campaign",
        "Example: a page of information",
        "Example: a policy",
    ]


def test_examples_are_never_public(client, people, home):
    place = lay_out(home)
    assert client.get("/templates/").status_code == 404
    for page in place.get_children().specific():
        assert client.get(f"/templates/{page.slug}/").status_code == 404
        assert not page.permissions_for_user(people.editor).can_publish()
        page.full_clean()
    assert lay_out(home).pk == place.pk


def test_an_editor_copies_one_and_goes_on_from_there(client, people, home):
    place = lay_out(home)
    example = place.get_children().get(slug="campaign")
    client.force_login(people.editor)
    form = {"new_title": "One pathway", "new_slug": "pathway", "new_parent_page": home.pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[example.pk]), form)
    copied = home.get_children().get(slug="pathway").specific
    assert not copied.live
    assert copied.permissions_for_user(people.editor).can_publish()
    assert [block.block_type for block in copied.body] == ["text", "questions", "milestones", "action"]
