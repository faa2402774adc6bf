"""What links ask for, and how answers are read back."""

from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from donations import charity
from donations.forms import Asked, ContactForm, HomeForm
from donations.journey import Journey
from donations.ledger.money import Money, NotAnAmount
from donations.models import Draft, Tribute
from donations.models.contact import Basis, ContactBy
from donations.models.declaration import Home, Scope
from donations.models.pledge import Every

Row = tuple[str, str, str]  # what was asked, what was answered, where to change it


class Asking(TypedDict):
    """What a link has asked for."""

    amount: Money | None
    every: str


def asked_by_link(request: HttpRequest) -> Asking:
    """`?amount=25&every=month`; what is no amount or no frequency asks for nothing."""
    try:
        amount = Money.pounds(request.GET["amount"])
    except (KeyError, NotAnAmount):
        amount = None
    every = request.GET.get("every", "")
    return {"amount": amount, "every": every if every in Every.values else ""}


def words_for(form: Asked) -> dict[str, str]:
    """The words that people agree to, as a form shows them: a declaration around its choice; and where to read more."""
    said: dict[str, str] = {}
    if isinstance(form, HomeForm) and "scope" in form.fields:
        words = form.declaration
        before, _, after = words.shown(gifts="\n").partition("\n")
        form["scope"].label = f"{before.strip()} …"  # the bound one: a form that was looked at has its label already
        said.update(declaration_goes_on=f"… {after.strip()}", declaration_mark=words.mark)
    if isinstance(form, ContactForm):
        said["privacy"] = charity.current().privacy
        said.update(contact_words=form.about_contact.shown(), contact_mark=form.about_contact.mark)
    return said


def answers_in_words(journey: Journey, draft: Draft) -> list[Row]:
    """All answers, to be read over before paying."""

    def change(page: str) -> str:
        return reverse("donations:question", args=[journey.appeal.slug, draft.token, page])

    wishes, details = journey.wishes, journey.details
    rows: list[Row] = [
        (gettext("Your gift"), f"{journey.amount} {journey.every.label}", change("amount")),
        (gettext("Your name"), details.get("name", ""), change("details")),
        (gettext("Your email address"), details.get("email", ""), change("details")),
    ]
    if journey.appeal.gift_aid:
        rows.append(
            (gettext("Gift Aid"), gettext("Yes") if wishes.gift_aid == "yes" else gettext("No"), change("gift-aid"))
        )
    if wishes.declared is not None:
        declared = wishes.declared
        home = [declared.address, declared.town, declared.postcode or str(Home(declared.home).label)]
        rows.append((gettext("Your home"), ", ".join(filter(None, home)), change("home")))
        name = f"{declared.first_name} {declared.last_name}"
        rows.append(
            (gettext("You declare"), f"{name}: “{declared.words.shown(Scope(declared.scope).gifts)}”", change("home"))
        )
    if journey.appeal.tributes and wishes.tribute is None:
        rows.append((gettext("In memory or in honour"), gettext("Of nobody"), change("tribute")))
    if (tribute := wishes.tribute) is not None:
        rows.append(
            (Tribute.Kind(tribute.kind).label.removesuffix(" of somebody"), tribute.honoured, change("tribute"))
        )
        if tribute.tell_email:
            when = f", on {tribute.tell_on:%-d %B %Y}" if tribute.tell_on else ", when your gift has arrived"
            rows.append((gettext("We tell"), f"{tribute.tell_name} ({tribute.tell_email}){when}", change("tribute")))
    rows.append((gettext("Keeping in touch"), _contact_in_words(journey), change("contact")))
    return rows


def _contact_in_words(journey: Journey) -> str:
    form = journey.answered("contact")
    assert isinstance(form, ContactForm)
    if not form.is_valid():
        return ""
    yes = {
        ContactBy.EMAIL: gettext("by email"), ContactBy.POST: gettext("by post"),
        ContactBy.PHONE: gettext("by telephone"), ContactBy.TEXT: gettext("by text message"),
    }  # fmt: skip
    may = [words for channel, words in yes.items() if form.bases.get(channel, Basis.NONE) != Basis.NONE]
    return gettext("We may reach you %(ways)s") % {"ways": ", ".join(may)} if may else gettext("Only about this gift")
