"""What a donor sees who cannot go on at once: how long, or a small task; what was typed; somebody to telephone."""

from datetime import datetime
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from donations import charity
from donations.defence import tickets, visitors
from donations.defence.challenges import ChallengeIsAway, challenge
from donations.defence.door import IS_ASKED, Judgement, Try, judge
from donations.defence.tickets import Ticket

TICKET = "defence_ticket"
OURS = "defence_"  # what a page of ours adds to the form
NOT_SENT_AGAIN = "csrfmiddlewaretoken"


def stop(
    request: HttpRequest, *, email: str, browser: str = "", gift: str = "", at: datetime | None = None
) -> HttpResponse | None:
    """Ask before a pledge is made whether this donor may go on: None, or the page to answer with instead.

    `browser` names the form that is filled in (its token); `gift` all that is asked for, token and answers: the same
    again leads to the same payment page, and is free. The page is a 429 that holds everything that was sent.
    """
    now = at or timezone.now()
    donor = visitors.donor(email)
    ticket = tickets.read(request.POST.get(TICKET, ""), donor=donor, at=now)
    tried = Try(
        address=visitors.address_of(request),
        donor=donor,
        browser=visitors.digest("browser", browser) if browser else "",
        gift=visitors.digest("gift", gift) if gift else "",
        answer=_answer(request, ticket, now),
        ticket=ticket.number if ticket else "",
    )
    judgement = judge(tried, at=now)
    if judgement.may_go_on:
        return None
    if judgement.verdict in IS_ASKED:
        if ticket is None or tried.answer:  # an answer that was not taken: its ticket had been used
            ticket = tickets.draw(donor=donor, at=now)
        return _ask(request, ticket, now)
    return _wait(request, judgement, ticket, now)


def _answer(request: HttpRequest, ticket: Ticket | None, now: datetime) -> str:
    if ticket is None:
        return ""
    try:
        if challenge().is_met(request.POST, ticket=ticket.signed):
            return "worked"
    except ChallengeIsAway:
        return "waited"
    return "" if ticket.seconds_left(now) else "waited"


def _ask(request: HttpRequest, ticket: Ticket, now: datetime) -> HttpResponse:
    asked, seconds = challenge(), ticket.seconds_left(now)
    shown = {"ticket": ticket.signed, "seconds": seconds, "challenge": asked.template_name}
    shown |= asked.shown(ticket.signed)
    return _page(request, "donations/defence/challenge.html", shown, seconds)


def _wait(request: HttpRequest, judgement: Judgement, ticket: Ticket | None, now: datetime) -> HttpResponse:
    left = (judgement.room_at - now).total_seconds() if judgement.room_at else 0
    seconds = max(1, ceil(left))
    shown = {"seconds": seconds, "minutes": ceil(seconds / 60), "ticket": ticket.signed if ticket else ""}
    return _page(request, "donations/defence/wait.html", shown, seconds)


def _page(request: HttpRequest, template: str, shown: dict[str, object], seconds: int) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(OURS) and name != NOT_SENT_AGAIN
        for value in values
    ]
    context = {**shown, "typed": typed, "to": request.get_full_path(), "charity": charity.current()}
    response = render(request, template, context, status=429)
    response["Retry-After"] = str(max(1, seconds))
    response["Cache-Control"] = "private, no-store"
    return response
