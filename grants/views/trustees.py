"""The board's own pages. Every look-up goes through the trustee who looks: what she may not read is not found."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from almoner.accounts.models import User
from donations.ledger.exceptions import BooksAreBusy
from grants import rights
from grants.actions import deciding
from grants.exceptions import GrantsError, PaperHasChanged
from grants.forms.trustees import CastForm, DeclareForm, SignInForm, VoteForm
from grants.models import Choice, Resolution, ResolutionState
from grants.views.board_papers import Agenda, Standing

Page = Callable[..., HttpResponse]
A_PAGE = 20


def for_trustees(page: Page) -> Page:
    """Ask others to sign in; tell those who are signed in and do not vote that this is not for their role."""

    @wraps(page)
    @never_cache
    def opened(request: HttpRequest, **named: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), reverse("board:sign_in"))
        if not rights.may(request.user, rights.VOTE):
            return render(request, "grants/board/not_for_you.html", status=403)
        return page(request, request.user, **named)

    return opened


class SignIn(LoginView):
    """Name and password; the second factor will stand here too."""

    template_name = "grants/board/sign_in.html"
    authentication_form = SignInForm
    next_page = "board:index"


class SignOut(LogoutView):
    """Back to the sign-in page."""

    next_page = "board:sign_in"


@for_trustees
@require_safe
def index(request: HttpRequest, trustee: User) -> HttpResponse:
    """What is before the board, and what was decided. The same number of queries however much there is."""
    known = Resolution.objects.before_the_board().select_related("application__programme", "board")
    before = known.filter(state=ResolutionState.OPEN).order_by("deadline")
    past = Paginator(known.exclude(state=ResolutionState.OPEN).order_by("-closed_at"), A_PAGE)
    context = {"agenda": Agenda(trustee, list(before)), "past": past.get_page(request.GET.get("page"))}
    return render(request, "grants/board/index.html", context)


@for_trustees
@require_safe
def resolution(request: HttpRequest, trustee: User, reference: str) -> HttpResponse:
    """One resolution: the paper for those who declared no conflict, the outcome for all, the minute after the close."""
    standing = look_up(trustee, reference)
    if standing.must_declare:
        return redirect("board:declare", reference=reference)
    return render(request, "grants/board/resolution.html", {"standing": standing})


@for_trustees
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, trustee: User, reference: str) -> HttpResponse:
    """Declare first. The page names the question and who asks: no paper, no amount."""
    standing = look_up(trustee, reference)
    if not standing.may_declare:
        return redirect("board:resolution", reference=reference)
    form = DeclareForm(request.POST or None, initial={"version": standing.resolution.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        conflicted = typed["answer"] == "yes"

        def act() -> None:
            deciding.declare(
                resolution=standing.resolution, version=typed["version"], conflicted=conflicted,
                nature=typed["nature"], by=trustee,
            )  # fmt: skip

        said = (
            gettext("You stand aside. Thank you for saying so.")
            if conflicted
            else gettext("You may now read the paper.")
        )
        return obey(request, form, act, said, reference) or show(request, "declare", standing, form)
    return show(request, "declare", standing, form)


@for_trustees
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, trustee: User, reference: str) -> HttpResponse:
    """Vote, or vote again. No page shows what was voted, not even to her who did."""
    standing = look_up(trustee, reference)
    if not standing.may_vote:
        return redirect("board:resolution", reference=reference)
    form = VoteForm(request.POST or None, initial={"version": standing.resolution.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def act() -> None:
            deciding.vote(
                resolution=standing.resolution, version=typed["version"], choice=Choice(typed["choice"]),
                reason=typed["reason"], by=trustee,
            )  # fmt: skip

        return obey(request, form, act, gettext("Your vote is recorded."), reference) or show(
            request, "vote", standing, form
        )
    return show(request, "vote", standing, form)


@for_trustees
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, trustee: User, reference: str) -> HttpResponse:
    """The chair ends the voting, after reading what that means."""
    standing = look_up(trustee, reference)
    if not standing.may_close:
        return redirect("board:resolution", reference=reference)
    if request.method == "POST":

        def act() -> None:
            deciding.close(resolution=standing.resolution, by=trustee)

        return obey(request, None, act, gettext("The voting is closed."), reference) or redirect("board:index")
    return show(request, "close", standing, None)


@for_trustees
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest, trustee: User, reference: str) -> HttpResponse:
    """The chair's casting vote."""
    standing = look_up(trustee, reference)
    if not standing.may_cast:
        return redirect("board:resolution", reference=reference)
    form = CastForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def act() -> None:
            deciding.cast(
                resolution=standing.resolution, choice=Choice(typed["choice"]), reason=typed["reason"], by=trustee
            )

        said = gettext("Your casting vote is recorded.")
        return obey(request, form, act, said, reference) or show(request, "cast", standing, form)
    return show(request, "cast", standing, form)


def look_up(trustee: User, reference: str) -> Standing:
    """The resolution as this trustee may see it, or 404."""
    known = Resolution.objects.before_the_board().select_related("application__programme__purpose", "board__chair")
    return Standing(trustee, get_object_or_404(known, reference=reference))


def obey(
    request: HttpRequest, form: DeclareForm | VoteForm | None, act: Callable[[], None], said: str, reference: str
) -> HttpResponse | None:
    """Do it and lead back to the resolution; None where the form is to be shown again with what went wrong."""
    try:
        act()
    except (PaperHasChanged, BooksAreBusy) as refusal:
        messages.warning(request, refusal.sentence)
    except GrantsError as refusal:
        if form is None:
            messages.error(request, refusal.sentence)
        else:
            form.add_error(None, refusal.sentence)
            return None
    else:
        messages.success(request, said)
    return redirect("board:resolution", reference=reference)


def show(request: HttpRequest, page: str, standing: Standing, form: DeclareForm | VoteForm | None) -> HttpResponse:
    """One of the pages about a resolution; 422 where something in the form is wrong."""
    status = 422 if form is not None and form.errors else 200
    context = {"standing": standing, "form": form}
    return render(request, f"grants/board/{page}.html", context, status=status)
