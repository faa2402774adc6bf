"""The trustees' pages: declare first, read, vote. Nobody learns a choice before the close."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from donations.ledger import posting
from grants.actions import deciding, proposing
from grants.models import Choice, Interest, Resolution, ResolutionState, Vote
from grants.urls import urlpatterns
from tests.factories import grants
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

SHUT = ["12,000", "three years", "no nurse on this coast", "Nurse Fund", "50,000"]  # of the paper, amounts and summary
ABOUT_ONE = ["resolution", "declare", "vote", "close", "cast"]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(answer) -> str:
    """What a reader sees of it, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def every_page(client: Client, resolution: Resolution) -> list[str]:
    """All that this browser can open about a resolution, redirects followed."""
    addresses = [reverse(f"board:{name}", args=[resolution.reference]) for name in ABOUT_ONE]
    pages = [client.get(address, follow=True) for address in ["/board/", *addresses]]
    return [words(page) for page in pages if page.status_code == 200]


def test_no_address_about_a_resolution_was_forgotten_here():
    named = {pattern.name for pattern in urlpatterns if "reference" in str(pattern.pattern)}
    assert named == set(ABOUT_ONE)
    assert get_resolver().resolve("/board/").view_name == "board:index"


def test_a_trustee_signs_in_declares_reads_votes_and_signs_out(client, people, resolution):
    page = client.get("/board/", follow=True)
    assert page.redirect_chain[-1][0] == "/board/sign-in/?next=/board/"
    answer = client.post(page.request["PATH_INFO"], {"username": "finn", "password": PASSWORD, "next": "/board/"})
    assert answer["Location"] == "/board/"
    assert "A nurse at Eastquay" in words(client.get("/board/"))
    assert "0 of 5 have voted" in words(client.get("/board/"))

    address = f"/board/{resolution.reference}/"
    assert client.get(address)["Location"] == f"{address}declare/"
    client.post(f"{address}declare/", {"answer": "no", "nature": "", "version": "1"})
    paper = words(client.get(address))
    for each in SHUT:
        assert each in paper
    assert "£50,000 £12,000 £38,000" in paper, "the fund before, what is asked, and after"

    wrong = client.post(f"{address}vote/", {"choice": "defer", "reason": " ", "version": "1"})
    assert wrong.status_code == 422
    assert "Give your reason: only a vote to approve needs none." in words(wrong)
    assert re.search(r'value="defer"[^>]* checked', wrong.content.decode()), "nothing that was typed is lost"
    client.post(f"{address}vote/", {"choice": "defer", "reason": "Wait.", "version": "1"})
    assert Vote.objects.get().choice == Choice.DEFER
    assert "1 of 5 have voted" in words(client.get("/board/"))

    client.post("/board/sign-out/")
    assert client.get("/board/").status_code == 302


def test_before_declaring_every_address_leads_to_the_declaration_and_shows_no_paper(people, resolution):
    finn = signed_in(people.trustees[2])
    for page in every_page(finn, resolution):
        assert not [each for each in SHUT if each in page]
    finn.post(f"/board/{resolution.reference}/vote/", {"choice": "approve", "version": "1"})
    assert not Vote.objects.exists()


@pytest.mark.parametrize("end", ["open", "waiting", "carried", "lost", "withdrawn"])
def test_a_trustee_in_conflict_opens_no_paper_by_any_address(people, resolution, nurse_fund, end):
    wade = people.trustees[4]
    client = signed_in(wade)
    client.post(
        f"/board/{resolution.reference}/declare/", {"answer": "yes", "nature": "My sister works there.", "version": "1"}
    )
    assert Interest.objects.get().conflicted
    bring_to(resolution, end, people, nurse_fund)
    pages = every_page(client, resolution)
    assert len(pages) == 1 + len(ABOUT_ONE)
    for page in pages:
        assert not [each for each in SHUT if each in page], end
    assert any("You stand aside" in page for page in pages)


def bring_to(resolution: Resolution, end: str, people, fund) -> None:
    """The four others take it there."""
    four = people.trustees[:4]
    if end == "open":
        return
    if end == "withdrawn":
        proposing.withdraw(resolution=resolution, because="Asked for by the hospital.", by=people.grants_officer)
        return
    if end == "waiting":
        posting.spend(grants.money("45,000"), from_=fund, key="cost", by=people.finance_officer)
    grants.no_conflict(resolution, *four)
    grants.votes(resolution, Choice.REJECT if end == "lost" else Choice.APPROVE, *four)
    resolution.refresh_from_db()
    assert resolution.is_waiting if end == "waiting" else resolution.state == end


def test_nobody_learns_a_choice_before_the_close(people, resolution):
    """Four vote, two of them twice; whoever looks, wherever, sees that they voted and not how."""
    marina, sandy, finn, coral, wade = people.trustees
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.REJECT, marina, finn, reason="It is a whim of the tide.")
    grants.votes(resolution, Choice.APPROVE, finn, sandy)
    grants.votes(resolution, Choice.ABSTAIN, coral, reason="I am new to this.")
    for trustee in (marina, finn, wade):
        for page in every_page(signed_in(trustee), resolution):
            for told in ("whim of the tide", "I am new", "To approve", "checked", "rejected", "abstaining"):
                assert told not in page, told
    everything = "".join(
        signed_in(marina).get(reverse(f"board:{name}", args=[resolution.reference]), follow=True).content.decode()
        for name in ABOUT_ONE
    )
    assert " checked" not in everything

    grants.votes(resolution, Choice.APPROVE, wade)
    minute = words(signed_in(finn).get(f"/board/{resolution.reference}/"))
    assert "To approve 3, to reject 1, to defer 0, abstaining 1." in minute
    assert "Marina Breakwater, vote: reject. Reason: It is a whim of the tide." in minute
    assert "Finn Cockle, vote: approve." in minute


def test_the_last_vote_closes_and_the_page_says_so(people, resolution):
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees[:4])
    wade = signed_in(people.trustees[4])
    answer = wade.post(
        f"/board/{resolution.reference}/vote/", {"choice": "approve", "reason": "", "version": "1"}, follow=True
    )
    told = words(answer)
    assert "Your vote is recorded." in told
    assert "Carried" in told
    assert "£12,000.00 reserved; £50,000.00 free before, £38,000.00 after" in told


def test_a_fund_that_is_short_is_said_to_those_who_may_read_the_paper(people, resolution, nurse_fund):
    wade = people.trustees[4]
    deciding.declare(resolution=resolution, version=1, conflicted=True, nature="My sister works there.", by=wade)
    bring_to(resolution, "waiting", people, nurse_fund)
    marina, wade = signed_in(people.chair), signed_in(wade)
    sentence = "Nurse Fund has £5,000.00 left; this asks for £12,000.00."
    assert sentence in words(marina.get(f"/board/{resolution.reference}/"))
    assert sentence not in words(wade.get(f"/board/{resolution.reference}/"))


def test_a_paper_that_changes_is_declared_on_and_voted_on_anew(people, resolution, nurse_fund):
    finn = signed_in(people.trustees[2])
    address = f"/board/{resolution.reference}/"
    finn.post(f"{address}declare/", {"answer": "no", "version": "1"})
    finn.post(f"{address}vote/", {"choice": "approve", "version": "1"})
    proposing.revise(
        resolution=resolution, text="For two years only.", shares=grants.asked([(nurse_fund, "8,000")]),
        deadline=timezone.now() + timedelta(days=7), by=people.grants_officer,
    )  # fmt: skip
    assert "The paper has changed since you voted: declare and vote again" in words(finn.get("/board/"))
    late = finn.post(f"{address}declare/", {"answer": "no", "version": "1"}, follow=True)
    assert "The paper has changed since you opened this page." in words(late)
    assert not Interest.objects.filter(version=2).exists()
    finn.post(f"{address}declare/", {"answer": "no", "version": "2"})
    assert "For two years only." in words(finn.get(address))


def test_a_conflict_found_after_voting_shuts_the_paper_and_the_vote_does_not_count(people, resolution):
    *four, wade = people.trustees
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, wade)
    client = signed_in(wade)
    client.post(
        f"/board/{resolution.reference}/declare/", {"answer": "yes", "nature": "I joined its board.", "version": "1"}
    )
    assert "no nurse on this coast" not in words(client.get(f"/board/{resolution.reference}/"))
    grants.votes(resolution, Choice.APPROVE, *four)
    resolution.refresh_from_db()
    assert "4 trustees without a conflict voted" in resolution.minute
    assert "Wade Estuary, vote" not in resolution.minute


def test_the_chair_ends_the_voting_and_nobody_else_does(people, resolution):
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, *people.trustees[:3])
    address = f"/board/{resolution.reference}/close/"
    signed_in(people.treasurer).post(address)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.OPEN
    marina = signed_in(people.chair)
    assert "3 of 5 have voted. The quorum is 3." in words(marina.get(address))
    marina.post(address)
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.CARRIED
    assert "Coral Saltmarsh declared no conflict and did not vote" in resolution.minute


def test_the_chair_gives_the_casting_vote_on_her_page(people, programme, nurse_fund):
    grants.board(people, casting_vote=True)
    resolution = grants.opened(
        grants.proposal(programme, by=people.grants_officer), (nurse_fund, "12,000"), by=people.grants_officer
    )
    marina, sandy, finn, coral, wade = people.trustees
    grants.no_conflict(resolution, *people.trustees)
    grants.votes(resolution, Choice.APPROVE, marina, sandy)
    grants.votes(resolution, Choice.REJECT, finn, coral)
    grants.votes(resolution, Choice.ABSTAIN, wade)
    address = f"/board/{resolution.reference}/casting-vote/"
    assert signed_in(finn).get(address).status_code == 302
    chair = signed_in(marina)
    assert "The votes are equal" in words(chair.get(address))
    chair.post(address, {"choice": "reject", "reason": "The fund is better kept."})
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.LOST
    assert "Marina Breakwater, casting vote: reject. Reason: The fund is better kept." in resolution.minute


@pytest.mark.parametrize("who", ["grants_officer", "finance_officer", "administrator", "editor", "stranger"])
def test_who_does_not_vote_opens_none_of_the_boards_pages(people, resolution, who):
    client = signed_in(getattr(people, who))
    assert client.get("/board/").status_code == 403
    for name in ABOUT_ONE:
        address = reverse(f"board:{name}", args=[resolution.reference])
        assert client.get(address).status_code == 403
        assert client.post(address, {"choice": "approve", "answer": "no", "version": "1"}).status_code == 403
    assert not Interest.objects.exists()


def test_staff_cannot_sign_in_where_trustees_do(client, people):
    answer = client.post(
        "/board/sign-in/", {"username": people.grants_officer.username, "password": PASSWORD, "next": ""}
    )
    assert "These pages are for trustees." in words(answer)
    assert "_auth_user_id" not in client.session


def test_a_draft_is_known_to_nobody_on_the_board(people, board, programme, nurse_fund):
    draft = grants.drafted(
        grants.proposal(programme, by=people.grants_officer), (nurse_fund, "12,000"), by=people.grants_officer
    )
    marina = signed_in(people.chair)
    assert "Eastquay" not in words(marina.get("/board/"))
    assert marina.get(f"/board/{draft.reference}/").status_code == 404
    proposing.withdraw(resolution=draft, because="A mistake.", by=people.grants_officer)
    assert marina.get(f"/board/{draft.reference}/").status_code == 404


def test_what_a_trustee_sees_is_kept_by_no_browser_and_allows_nothing_inline(people, resolution):
    answer = signed_in(people.chair).get(f"/board/{resolution.reference}/declare/")
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert " style=" not in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_six(
    people, resolution, programme, nurse_fund, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from content import edition

    marina = signed_in(people.chair)

    def questions() -> int:
        edition.forget()  # what stands around the page is asked for anew
        with CaptureQueriesContext(connection) as asked:
            assert marina.get("/board/").status_code == 200
        return len(asked)

    questions()
    few = questions()
    for number in range(5):
        another = grants.proposal(programme, by=people.grants_officer, title=f"Another {number}")
        grants.no_conflict(grants.opened(another, (nurse_fund, "100"), by=people.grants_officer), *people.trustees[:3])
    assert questions() == few


def test_the_deadline_closes_what_is_open(people, resolution, programme, nurse_fund):
    import time

    soon = grants.opened(
        grants.proposal(programme, by=people.grants_officer, title="In a hurry"), (nurse_fund, "500"),
        by=people.grants_officer, days=3 / 86400,
    )  # fmt: skip
    grants.no_conflict(soon, *people.trustees[:2])
    grants.votes(soon, Choice.APPROVE, *people.trustees[:2])
    time.sleep(max(0.0, (soon.deadline - timezone.now()).total_seconds()) + 0.1)
    assert "Voting is over" in words(signed_in(people.chair).get(f"/board/{soon.reference}/"))
    assert deciding.close_overdue() == 1
    soon.refresh_from_db()
    resolution.refresh_from_db()
    assert (soon.state, resolution.state) == (ResolutionState.INQUORATE, ResolutionState.OPEN)
    assert "2 trustees without a conflict voted; the quorum was 3." in soon.minute
