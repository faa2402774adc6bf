"""A clinician without an account reads one revision of a page through a link, and answers once."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import PageLogEntry, WorkflowPage

from content import reviewing
from content.actions import answering, inviting
from content.exceptions import LinkHasRunOut, LinkIsUnknown, LinkWasUsed, NothingToRead, PageHasChanged
from content.models import InfoPage, Person, ReviewLink

pytestmark = pytest.mark.django_db

SECRET_WORDS = "Two tablets with breakfast"
YES = {"verdict": "approved", "name": "Dr Wren Harbottle", "comment": ""}
NO = {"verdict": "commented", "name": "Dr Wren Harbottle", "comment": "One tablet, not two."}


@pytest.fixture
def page(home, people) -> InfoPage:
    """A draft that is about health."""
    draft = home.add_child(
        instance=InfoPage(title="Taking the tablets", slug="tablets", live=False, standfirst=SECRET_WORDS)
    )
    WorkflowPage.objects.create(page=draft, workflow=reviewing.clinical_workflow())
    draft.save_revision(user=people.editor)
    return InfoPage.objects.get(pk=draft.pk)


@pytest.fixture
def token(page, people) -> str:
    """What the clinician was sent."""
    return inviting.invite(page=page, for_whom="Dr Wren Harbottle", by=people.editor)[1]


def address(token: str) -> str:
    return reverse("review", args=[token])


def history_of(client, page, people) -> str:
    client.force_login(people.editor)
    return client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()


def test_she_reads_the_draft_as_it_would_be_published(client, page, token):
    answer = client.get(address(token))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{page.title}</h1>" in shown
    assert SECRET_WORDS in shown
    assert "A draft for Dr Wren Harbottle to read" in shown
    assert "Your answer" in shown


def test_looking_answers_nothing(client, page, token):
    for method in (client.get, client.head, client.get):
        assert method(address(token)).status_code == 200
    link = ReviewLink.objects.get()
    assert link.answered_at is None
    assert client.get(address(token) + "?verdict=approved&name=Dr+Wren").status_code == 200
    assert ReviewLink.objects.get().answered_at is None
    assert client.put(address(token)).status_code == 405


def test_nothing_of_it_is_kept_found_or_told_to_other_sites(client, token):
    answer = client.get(address(token))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert " style=" not in answer.content.decode()


def test_her_approval_takes_the_page_past_its_clinician(client, page, people):
    reviewing.clinical_workflow().start(page, people.editor)
    token = inviting.invite(page=page, for_whom="Dr Wren Harbottle", by=people.editor)[1]
    answer = client.post(address(token), YES)
    assert answer.status_code == 302
    assert "Thank you" in client.get(answer["Location"]).content.decode()
    waiting = InfoPage.objects.get(pk=page.pk).current_workflow_task
    assert waiting.name == "Read by a lay reviewer"
    history = history_of(client, page, people)
    assert "Dr Wren Harbottle approved this revision through a link, without an account" in history
    assert not InfoPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("is_chosen", [True, False])
def test_a_page_that_she_approved_says_that_she_reviewed_it(client, page, people, is_chosen):
    doctor = Person.objects.create(name="Dr Wren Harbottle" if not is_chosen else "Dr W. Harbottle")
    reviewing.clinical_workflow().start(page, people.editor)
    asked = {"page": page, "for_whom": "Dr Wren Harbottle", "by": people.editor}
    token = inviting.invite(**asked, reviewer=doctor if is_chosen else None)[1]
    client.post(address(token), YES)
    for who in (people.lay_reviewer, people.publisher):
        InfoPage.objects.get(pk=page.pk).current_workflow_task_state.specific.approve(user=who)
    read = InfoPage.objects.get(pk=page.pk)
    assert read.live
    assert (read.reviewer, read.reviewed_on) == (doctor, timezone.localdate())


def test_her_comment_is_kept_and_approves_nothing(client, page, people):
    reviewing.clinical_workflow().start(page, people.editor)
    token = inviting.invite(page=page, for_whom="Dr Wren Harbottle", by=people.editor)[1]
    client.post(address(token), NO)
    assert InfoPage.objects.get(pk=page.pk).current_workflow_task.name == "Read by a clinician"
    history = history_of(client, page, people)
    assert "Dr Wren Harbottle commented on this revision" in history
    assert "One tablet, not two." in history


def test_an_answer_is_recorded_where_no_review_was_begun(client, page, token, people):
    client.post(address(token), YES)
    entry = PageLogEntry.objects.get(page=page.pk, action=answering.ANSWERED)
    assert entry.user is None
    assert entry.revision_id == page.latest_revision_id
    assert entry.data["name"] == "Dr Wren Harbottle"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verdict": "", "name": "Dr Wren"}, "Say whether it can be published as it is."),
        ({"verdict": "approved", "name": " "}, "Enter your name."),
        ({"verdict": "commented", "name": "Dr Wren", "comment": " "}, "Say what should be changed."),
        ({"verdict": "published", "name": "Dr Wren"}, "Select a valid choice"),
    ],
)
def test_half_an_answer_is_given_back(client, token, sent, said):
    answer = client.post(address(token), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Error:" in answer.content.decode()
    assert ReviewLink.objects.get().answered_at is None


def test_an_answer_can_be_sent_once(client, page, token):
    client.post(address(token), NO)
    again = client.post(address(token), YES)
    assert again.status_code == 410
    assert "This link has done its work" in again.content.decode()
    assert ReviewLink.objects.get().verdict == "commented"
    with pytest.raises(LinkWasUsed):
        answering.answer(token=token, **YES)


def test_a_link_runs_out(client, page, token, settings):
    assert settings.REVIEW_LINK_DAYS == 14
    ReviewLink.objects.update(
        made_at=timezone.now() - timedelta(days=15), expires_at=timezone.now() - timedelta(days=1)
    )
    for answer in (client.get(address(token)), client.post(address(token), YES)):
        assert answer.status_code == 410
        assert "This link has run out" in answer.content.decode()
        leaks_nothing(answer)
    with pytest.raises(LinkHasRunOut):
        answering.open_link(token)


def test_how_long_it_lives_is_a_setting(page, people, settings):
    settings.REVIEW_LINK_DAYS = 3
    link, _ = inviting.invite(page=page, for_whom="Dr Wren", by=people.editor)
    assert link.expires_at - link.made_at == timedelta(days=3)


def test_a_link_is_for_one_revision(client, page, token, people):
    page.standfirst = "One tablet with breakfast"
    page.save_revision(user=people.editor)
    for answer in (client.get(address(token)), client.post(address(token), YES)):
        assert answer.status_code == 410
        assert "The page was changed after this link was sent" in answer.content.decode()
        leaks_nothing(answer)
    with pytest.raises(PageHasChanged):
        answering.open_link(token)


def test_saving_by_itself_does_not_change_what_she_reads(client, page, token, people):
    page.standfirst = "One tablet with breakfast"
    page.save_revision(user=people.editor, overwrite_revision=page.latest_revision)
    assert client.get(address(token)).status_code == 410


def test_a_link_that_we_do_not_know_leads_nowhere(client, page, token):
    for other in (token[:-1], token + "a", "nothing", token.swapcase()):
        answer = client.get(address(other))
        assert answer.status_code == 404
        assert "We do not know this link" in answer.content.decode()
        leaks_nothing(answer)
    with pytest.raises(LinkIsUnknown):
        answering.open_link(ReviewLink.objects.get().token_hash)  # what is kept does not open it


def leaks_nothing(answer) -> None:
    """Neither title nor words of the page, nor who was asked."""
    shown = answer.content.decode()
    for words in ("Taking the tablets", SECRET_WORDS, "Wren", "tablets/"):
        assert words not in shown


def test_the_public_does_not_see_the_draft(client, page, token):
    assert client.get("/tablets/").status_code == 404


def test_a_link_is_taken_back(client, page, token, people):
    client.force_login(people.editor)
    screen = reverse("ask_a_clinician", args=[page.pk])
    assert "Take it back" in client.get(screen).content.decode()
    client.post(screen, {"withdraw": ReviewLink.objects.get().pk})
    client.logout()
    assert client.get(address(token)).status_code == 410


def test_the_editor_is_shown_the_address_once(client, page, people):
    client.force_login(people.editor)
    screen = reverse("ask_a_clinician", args=[page.pk])
    made = client.post(screen, {"for_whom": "Dr Wren Harbottle"}).content.decode()
    assert f"{settings.BASE_URL}/review/" in made
    again = client.get(screen).content.decode()
    assert f"{settings.BASE_URL}/review/" not in again
    assert "Dr Wren Harbottle" in again
    assert "Asked Dr Wren Harbottle to read this revision" in history_of(client, page, people)


def test_a_letter_takes_the_link_to_her_and_nobody_else_learns_it(client, page, people, mailoutbox, caplog):
    client.force_login(people.editor)
    screen = reverse("ask_a_clinician", args=[page.pk])
    shown = client.post(screen, {"for_whom": "Dr Wren Harbottle", "to": "wren@example.org"}).content.decode()
    (letter,) = mailoutbox
    assert letter.to == ["wren@example.org"]
    assert letter.subject == "Please read: Taking the tablets"
    secret = re.search(rf"{settings.BASE_URL}/review/([\w-]+)/", letter.body).group(1)
    assert secret in letter.alternatives[0][0]
    assert f"{people.editor.get_full_name()} asks you" in letter.body
    assert SECRET_WORDS not in letter.body
    assert "A letter with the link was sent to wren@example.org." in shown
    for place in (shown, caplog.text, str(list(ProcrastinateJob.objects.values())), str(ReviewLink.objects.values())):
        assert secret not in place
    client.logout()
    assert client.get(address(secret)).status_code == 200


def test_where_the_letter_does_not_leave_the_link_is_shown(client, page, people, monkeypatch):
    def refuses(**letter):
        raise SMTPException

    monkeypatch.setattr(inviting, "send", refuses)
    client.force_login(people.editor)
    screen = reverse("ask_a_clinician", args=[page.pk])
    shown = client.post(screen, {"for_whom": "Dr Wren Harbottle", "to": "wren@example.org"}).content.decode()
    assert "The letter did not leave." in shown
    assert f"{settings.BASE_URL}/review/" in shown


def test_a_page_that_was_never_saved_as_a_draft_is_not_sent(home, people):
    page = home.add_child(instance=InfoPage(title="Bare", slug="bare"))
    with pytest.raises(NothingToRead):
        inviting.invite(page=page, for_whom="Dr Wren", by=people.editor)


@pytest.mark.parametrize(
    ("who", "may"),
    [("editor", 200), ("publisher", 200), ("fundraiser", 403), ("clinician", 403), ("finance_officer", 403)],
)
def test_who_may_ask_a_clinician(client, page, people, who, may):
    client.force_login(getattr(people, who))
    assert client.get(reverse("ask_a_clinician", args=[page.pk])).status_code == may


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "approved"},
        {"answered_by": "Dr Wren"},
        {"answered_at": timezone.now(), "answered_by": "Dr Wren"},
        {"answered_at": timezone.now(), "answered_by": "Dr Wren", "verdict": "commented"},
        {"expires_at": timezone.now() - timedelta(days=99)},
    ],
)
def test_the_database_keeps_no_half_answer(page, token, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewLink.objects.update(**wrong)
