"""The words that stand in each letter until staff write their own, and those that stand now.

Between opening and closing each letter's template says its facts: what the law wants is there, and not here.
"""

from dataclasses import asdict, dataclass

from donations.models import Letter, LetterWords
from donations.models.letter_words import ALLOWED, faults

Kind = Letter.Kind
NOT_ASKED = "If you did not ask for this, please tell us."


@dataclass(frozen=True)
class Words:
    """The three parts of a letter that staff may write, with their placeholders."""

    subject: str
    opening: str
    closing: str = ""

    def stored(self) -> dict[str, str]:
        """As a letter that was sent remembers them."""
        return asdict(self)


STANDARD: dict[str, Words] = {
    Kind.RECEIPT: Words(
        "Thank you for your gift of {amount}",
        "Thank you. Your gift of {amount} has arrived.",
    ),
    Kind.RECEIPT_COPY: Words(
        "Your receipt {reference}",
        "Here is the receipt for your gift of {amount} once more, with our thanks.",
    ),
    Kind.PENDING: Words(
        "Your gift of {amount} is on its way",
        "Thank you for setting up a Direct Debit for {appeal}. You need do nothing more.\n\n"
        "When the money has arrived you will have a receipt; this letter is not one yet.",
    ),
    Kind.FAILED: Words(
        "A payment of {amount} did not go through",
        "A payment of {amount} for {appeal} did not go through. That happens: a card expires, a bank asks a question, "
        "an account runs low for a day.",
    ),
    Kind.CARD_EXPIRING: Words(
        "Your card is about to expire",
        "The card that pays your {every} gift of {amount} to {appeal} ends with {month}.\n\n"
        "Many banks tell Stripe of the new card by themselves. If you would rather be sure, choose another.",
    ),
    Kind.CARD_ASKED: Words(
        "How to choose another card or account",
        "You asked us how to pay your {every} gift of {amount} to {appeal} with another card or account. Stripe’s page "
        "takes a minute; we never see your card.",
        "If you did not ask, you need do nothing: nothing has changed.",
    ),
    Kind.MANDATE_ENDED: Words(
        "Your Direct Debit has stopped",
        "Your bank has told us that the Direct Debit for your {every} gift of {amount} to {appeal} has ended. If you "
        "ended it yourself, you need do nothing, and thank you for all that you gave.\n\n"
        "If you would like to go on giving, choose another account or a card.",
    ),
    Kind.CHANGED: Words(
        "Your regular gift has changed",
        "As was asked, we have changed your {every} gift to {appeal}.",
        NOT_ASKED,
    ),
    Kind.PAUSED: Words(
        "Your regular gift is paused",
        "As was asked, your {every} gift of {amount} to {appeal} rests for a while.",
        NOT_ASKED,
    ),
    Kind.ENDED: Words(
        "Your regular gift has ended",
        "Your {every} gift of {amount} to {appeal} has ended. Nothing more will be taken.\n\n"
        "Thank you for all that you gave.",
    ),
    Kind.REFUNDED: Words(
        "{amount} has been refunded",
        "We have refunded {amount} of your gift to {appeal}. It takes some days to reach your account.",
        "If you have questions about it, please write to us.",
    ),
    Kind.TRIBUTE: Words(
        "A gift {tribute}",
        "{donor} has given to {appeal} {tribute}, and asked us to tell you.",
    ),
    Kind.STATEMENT: Words(
        "Your gifts in the tax year {year}",
        "Thank you for all that you gave. Here are your gifts of the tax year {year} in one place.",
        "You need do nothing with it. It may help if you fill in a tax return.",
    ),
    Kind.DECLARATION_RECORD: Words(
        "A record of your Gift Aid declaration",
        "On {date} you told us that we may claim Gift Aid on what you give. This letter is the record of what you "
        "declared. Please read it, and tell us if anything is wrong.",
        "Thank you: it makes your gifts a quarter larger.",
    ),
    Kind.SIGN_IN: Words(
        "Your link to your giving page",
        "Somebody asked for the way to your own page at {charity}, where your gifts and your regular gifts are kept. "
        "If it was you, this link opens it.",
        "If it was not you, you need do nothing: nobody gets in without this link.",
    ),
    Kind.CONFIRM_ADDRESS: Words(
        "Is this your new email address?",
        "Somebody who gives to {charity} has asked us to write to this address from now on. If it was you, please "
        "confirm it.",
        "If it was not you, you need do nothing, and we do not write again.",
    ),
    Kind.ADDRESS_CHANGED: Words(
        "Your email address was changed",
        "As was asked, your letters from {charity} go to another email address from now on, and so does the way to "
        "your giving page. This is the last letter to this one.",
        "If it was not you who asked, please tell us at once: we put it right.",
    ),
}


def standing(kind: str) -> Words:
    """The words of one kind of letter as they stand now: the staff's own, part by part, and elsewhere the standard."""
    return of(LetterWords.objects.filter(kind=kind).first() or LetterWords(kind=kind))


def of(written: LetterWords) -> Words:
    """What staff wrote, with the standard words where they wrote nothing or what a later version no longer knows."""
    standard = STANDARD[written.kind].stored()
    return Words(**{part: _sound(getattr(written, part), written.kind) or words for part, words in standard.items()})


def that_were_sent(letter: Letter) -> Words:
    """The words that a letter was sent in; of one that waits, those that it would be sent in now."""
    if not letter.words:
        return standing(letter.kind)
    sent: dict[str, str] = letter.words
    standard = STANDARD[letter.kind].stored()
    return Words(
        **{part: standard[part] if faults(text, ALLOWED[letter.kind]) else text for part, text in sent.items()}
    )


def _sound(text: str, kind: str) -> str:
    return "" if faults(text, ALLOWED[kind]) else text.strip()
