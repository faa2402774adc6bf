"""The pages of a gift, in their order: what each asks, whether it is asked at all, and what all the answers come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from almoner.kit.words import Words
from donations.forms import AmountForm, Asked, CheckForm, ContactForm, DetailsForm, GiftAidForm, HomeForm, TributeForm
from donations.forms.gift_aid import YES
from donations.forms.tribute import NOBODY
from donations.ledger.money import Money
from donations.models import Appeal
from donations.models.pledge import Every
from donations.promise import Contact, Declared, InTheNameOf, Wishes

CHECK = "check"


@dataclass(frozen=True)
class Question:
    """One page: its word in the address, its word among the steps, and what it asks."""

    name: str
    step: Words
    form: type[Asked]
    is_asked: Callable[["Journey"], bool] = lambda journey: True


class Journey:
    """A gift to one appeal as far as it has been filled in. `answers` is what was typed, by page.

    `answered` are forms that have been looked at already: the form that asks all at once answers for several pages.
    """

    def __init__(
        self, appeal: Appeal, answers: dict[str, dict[str, str]], *, answered: Mapping[str, Asked] | None = None
    ) -> None:
        self.appeal = appeal
        self.answers = answers
        self._answered: dict[str, Asked] = dict(answered or {})

    def form(self, name: str, typed: Any = None) -> Asked:
        """The form of a page: with what is sent now, or with what was typed before, or new."""
        question, more = BY_NAME[name], self._more(name)
        if typed is not None:
            return question.form(self.appeal, typed, amount=self._amount_for(name), **more)
        if name in self.answers:
            return self.answered(name)
        return question.form(self.appeal, amount=self._amount_for(name), initial=self._starting(name), **more)

    def answered(self, name: str) -> Asked:
        """The form of a page with what was typed before, looked at again: the appeal may have changed since."""
        if name not in self._answered:
            typed = self.answers.get(name, {})
            self._answered[name] = BY_NAME[name].form(
                self.appeal, typed, amount=self._amount_for(name), **self._more(name)
            )
        return self._answered[name]

    def _amount_for(self, name: str) -> Money | None:
        return None if name == "amount" else self.amount

    def _more(self, name: str) -> dict[str, Any]:
        return {"home_is_known": self.claims_gift_aid} if name == "contact" else {}

    def _starting(self, name: str) -> dict[str, Any]:
        return HomeForm.named(self._said("details").get("name", "")) if name == "home" else {}

    def _said(self, name: str) -> dict[str, Any]:
        """What a page was rightly answered with; nothing while it is not."""
        form = self.answered(name)
        if not form.is_valid():
            return {}
        own = {*BY_NAME[name].form.base_fields, *(["amount"] if name == "amount" else [])}
        return {field: value for field, value in form.cleaned_data.items() if field in own}

    # ---- where somebody is

    @property
    def asked(self) -> list[Question]:
        """The pages that this donor meets."""
        return [question for question in QUESTIONS if question.is_asked(self)]

    @property
    def steps(self) -> list[Words]:
        """The words for them, each once."""
        return list(dict.fromkeys(question.step for question in self.asked))

    def next_after(self, name: str) -> str:
        """The page that follows: after a change made from the last page, that page again."""
        names = [question.name for question in self.asked]
        following = names[names.index(name) + 1 :] if name in names else names
        for each in following:
            if each == CHECK or each not in self.answers or not self.answered(each).is_valid():
                return each
        return CHECK

    def first_open(self) -> str:
        """The first page that is not rightly answered; the last one where all are."""
        for question in self.asked:
            if question.name != CHECK and not self.answered(question.name).is_valid():
                return question.name
        return CHECK

    # ---- what was answered

    @cached_property
    def amount(self) -> Money | None:
        """How much, without what is added for the fee."""
        return self._said("amount").get("amount")

    @property
    def every(self) -> Every:
        """How often."""
        return Every(self._said("amount").get("every") or Every.ONCE)

    @property
    def claims_gift_aid(self) -> bool:
        """Whether the donor said yes to Gift Aid."""
        return self.appeal.gift_aid and self.answers.get("gift-aid", {}).get("gift_aid") == YES

    @property
    def details(self) -> dict[str, Any]:
        """Name and email."""
        return self._said("details")

    @property
    def wishes(self) -> Wishes:
        """All else that was asked for, once every page is rightly answered."""
        contact = self.answered("contact")
        assert isinstance(contact, ContactForm)
        home = self._said("home") if self.claims_gift_aid else {}
        tribute = self._said("tribute") if self._names_somebody else {}
        valid = contact.is_valid()
        return Wishes(
            gift_aid=self._said("gift-aid").get("gift_aid", "") if self.appeal.gift_aid else "",
            declared=Declared(**home) if home else None,
            tribute=InTheNameOf(**tribute) if tribute else None,
            contact=Contact(
                contact.bases,
                contact.cleaned_data["telephone"],
                contact.cleaned_data.get("postal", ""),
                contact.cleaned_data.get("contact_words"),
            )
            if valid
            else Contact(),
        )

    @property
    def _names_somebody(self) -> bool:
        """Whether the gift is in memory or in honour of somebody."""
        return self.appeal.tributes and self.answers.get("tribute", {}).get("kind", NOBODY) != NOBODY


QUESTIONS = (
    Question("amount", _("Your gift"), AmountForm),
    Question("details", _("Your details"), DetailsForm),
    Question("gift-aid", _("Gift Aid"), GiftAidForm, lambda journey: journey.appeal.gift_aid),
    Question("home", _("Gift Aid"), HomeForm, lambda journey: journey.claims_gift_aid),
    Question("tribute", _("In memory"), TributeForm, lambda journey: journey.appeal.tributes),
    Question("contact", _("Keep in touch"), ContactForm),
    Question(CHECK, "Check", CheckForm),
)
BY_NAME = {question.name: question for question in QUESTIONS}
