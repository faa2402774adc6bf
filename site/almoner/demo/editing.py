"""What staff find in the demo's admin: examples to copy, a draft that waits for its readers, answers, visits."""

import hashlib
from datetime import timedelta

from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query

from almoner.accounts.models import User
from almoner.demo.building import SAMPLE, paragraphs
from content import reviewing
from content.actions import answering, inviting
from content.actions.laying_out import lay_out
from content.models import DailyVisits, HomePage, InfoPage, TemplatesPage

VISITS = [  # path, site, about so many a day
    ("/", "", 46),
    ("/", "lighthouse.example", 9),
    ("/campaign/", "", 31),
    ("/campaign/", "saltpan-news.example", 22),
    ("/appeals/nurse/", "", 18),
    ("/information/just-diagnosed/", "", 27),
    ("/information/just-diagnosed/", "kingfisher.example", 6),
    ("/where-your-money-goes/", "", 8),
]
DAYS = 28
LOOKED_FOR = {"travel costs": 14, "second opinion": 9, "barnacle clinic": 5}


def load(cast: dict[str, User]) -> None:
    """Once."""
    home = HomePage.objects.first()
    if home is None or TemplatesPage.objects.exists():
        return
    lay_out(home, by=cast["sandy"])
    hub = home.get_children().filter(slug="information").first()
    if hub is not None:
        reviewing.give_workflow(hub)
        load_drafts(hub.specific, cast)
    count_visits()
    for words, times in LOOKED_FOR.items():
        query = Query.get(words)
        for _ in range(times):
            query.add_hit()


def load_drafts(hub: InfoPage, cast: dict[str, User]) -> None:
    """One page that a clinician has answered through a link, and one that waits in the middle of its way."""
    travel = draft(
        hub, "Getting to the clinic", "getting-there", "Who pays for the train, and whom to ask.", cast["sandy"]
    )
    _, token = inviting.invite(page=travel, for_whom="Dr Wren Harbottle", by=cast["sandy"])
    answering.answer(
        token=token,
        verdict="commented",
        name="Dr Wren Harbottle",
        comment="Please say that the nurse can sign the travel form. People ask me every week.",
    )
    inviting.invite(page=travel, for_whom="Mr Teal Fathom", by=cast["sandy"])
    scans = draft(
        hub, "Waiting for a scan", "waiting-for-a-scan", "What happens between the letter and the day.", cast["sandy"]
    )
    workflow = scans.get_workflow()
    if workflow is not None:
        workflow.start(scans, cast["sandy"])
        state = scans.current_workflow_task_state
        if state is not None:
            state.specific.approve(user=cast["brine"])


def draft(hub: InfoPage, title: str, slug: str, standfirst: str, by: User) -> InfoPage:
    """A page that nobody has published."""
    words = ("text", "<h2>In short</h2>" + paragraphs("Ask the nurse. She knows the forms, and the people."))
    page = InfoPage(
        title=title, slug=slug, standfirst=standfirst, body=[SAMPLE, words], live=False, owner=by, is_unlisted=True
    )
    hub.add_child(instance=page)
    page.save_revision(user=by)
    return InfoPage.objects.get(pk=page.pk)


def count_visits() -> None:
    """Four weeks, each day a little different and every time the same."""
    today = timezone.localdate()
    rows = []
    for back in range(DAYS):
        day = today - timedelta(days=back)
        for path, site, about in VISITS:
            wave = hashlib.sha256(f"{back} {path} {site}".encode()).digest()[0]
            rows.append(DailyVisits(day=day, path=path, referrer=site, visits=max(1, about * (70 + wave // 4) // 100)))
    DailyVisits.objects.bulk_create(rows, ignore_conflicts=True)
