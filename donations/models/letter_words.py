"""The words of a letter as staff write them: plain text with placeholders, and nothing that could do anything else."""

import re
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.models.letter import Letter

Kind = Letter.Kind

# What staff may name, and what it stands for. A placeholder is a name between curly brackets: {donor}.
PLACEHOLDERS = {
    "donor": _("the donor’s name"),
    "charity": _("the charity’s name"),
    "amount": _("the amount, like £25"),
    "appeal": _("the appeal, or the fund where there is none"),
    "fund": _("the fund that the gift goes into"),
    "date": _("the day, like 5 April 2026"),
    "reference": _("our reference of the gift"),
    "every": _("monthly or yearly"),
    "month": _("the month with which the card ends"),
    "told": _("who gets the letter"),
    "tribute": _("“in memory of …” or “in honour of …”"),
    "year": _("the tax year, like 2025–26"),
}
_REGULAR = ("donor", "charity", "amount", "every", "appeal")
ALLOWED: dict[str, tuple[str, ...]] = {
    Kind.RECEIPT: ("donor", "charity", "amount", "appeal", "fund", "date", "reference"),
    Kind.RECEIPT_COPY: ("donor", "charity", "amount", "appeal", "fund", "date", "reference"),
    Kind.PENDING: ("donor", "charity", "amount", "appeal", "reference"),
    Kind.FAILED: ("donor", "charity", "amount", "appeal"),
    Kind.CARD_EXPIRING: (*_REGULAR, "month"),
    Kind.CARD_ASKED: _REGULAR,
    Kind.MANDATE_ENDED: _REGULAR,
    Kind.CHANGED: _REGULAR,
    Kind.PAUSED: _REGULAR,
    Kind.ENDED: _REGULAR,
    Kind.REFUNDED: ("donor", "charity", "amount", "appeal", "reference"),
    Kind.TRIBUTE: ("told", "donor", "charity", "tribute", "appeal"),  # and never the amount
    Kind.STATEMENT: ("donor", "charity", "year"),
    Kind.DECLARATION_RECORD: ("donor", "charity", "date"),
    Kind.SIGN_IN: ("donor", "charity"),
    Kind.CONFIRM_ADDRESS: ("charity",),  # and no name: whoever reads it has proved nothing yet
    Kind.ADDRESS_CHANGED: ("donor", "charity"),
}

_PIECE = re.compile(r"\{([^{}\n]*)\}")


def named(names: Iterable[str]) -> str:
    """“{donor}, {amount} and {appeal}”."""
    *most, last = [f"{{{name}}}" for name in names]
    return f"{', '.join(most)} {gettext('and')} {last}" if most else last


def faults(text: str, allowed: Iterable[str]) -> list[str]:
    """What is wrong with the placeholders of a text, a sentence each; nothing where all is well."""
    allowed = tuple(allowed)
    unknown = [name for name in dict.fromkeys(_PIECE.findall(text)) if name not in allowed]
    wrong = [
        gettext("“{%(name)s}” is no placeholder of this letter. It has %(allowed)s.")
        % {"name": name, "allowed": named(allowed)}
        for name in unknown
    ]
    if re.search(r"[{}]", _PIECE.sub("", text)):
        wrong.append(
            gettext(
                "A curly bracket stands alone. A placeholder is a name between two, and this letter has %(allowed)s."
            )
            % {"allowed": named(allowed)}
        )
    return wrong


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder replaced by its value, once: what a value says is never read as a placeholder.

    Never `str.format`, which would let a text reach into whatever it is given. Raises KeyError for an unknown one.
    """
    return _PIECE.sub(lambda piece: " ".join(values[piece[1]].split()), text)


class LetterWords(models.Model):
    """What staff say in one kind of letter. Where a part is empty the standard words stand.

    What the law wants (amount, reference, fund, the charity's number, Gift Aid, the facts of a Direct Debit) is no
    part of the words: it stands in the letter's template.
    """

    kind = models.CharField(max_length=20, choices=Kind.choices, unique=True)
    subject = models.CharField(max_length=150, blank=True)
    opening = models.TextField(
        max_length=3000, blank=True, help_text=_("Before the facts. An empty line parts paragraphs.")
    )
    closing = models.TextField(max_length=3000, blank=True, help_text=_("After the facts, before the charity’s name."))
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        default_permissions = ("view", "change")
        verbose_name = _("letter’s words")
        verbose_name_plural = _("letters’ words")
        constraints = [
            models.CheckConstraint(condition=~Q(subject__contains="\n"), name="subject_is_one_line"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def clean(self) -> None:
        """Every placeholder is one of this letter's, and the subject is one line."""
        wrong = {part: faults(getattr(self, part), ALLOWED[self.kind]) for part in ("subject", "opening", "closing")}
        if not self.subject.isprintable():
            wrong["subject"].append(gettext("Write the subject on one line."))
        wrong = {part: sentences for part, sentences in wrong.items() if sentences}
        if wrong:
            raise ValidationError(wrong)
