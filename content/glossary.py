"""Words of the glossary where they stand in a text: the first time on a page, each with what it means.

The pattern is made anew only when the glossary has changed, and finds its way by beginnings: a thousand words take
hardly longer than ten. The note needs no script: the browser opens it, and one that cannot shows it in the line.
"""

import re
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from almoner.kit.briefly import briefly
from content.models.words import GlossaryTerm

Told = tuple[int, str, str, str]  # number, word, how it is said, what it means
Branches = dict[str, "Branches"]  # letters that may come next; "" where a word may end

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z][a-z0-9]*)")
TEXTS = {"p", "li"}
LEFT_ALONE = {  # links and headings, what is pressed, what is somebody's own words, what explains already
    *("a", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "button", "label"),
    *("blockquote", "figure", "dl", "dfn", "abbr", "code", "script", "style", "nav"),
}


class Words:
    """A glossary, ready to be looked for."""

    def __init__(self, told: tuple[Told, ...]) -> None:
        self.explained: dict[str, Told] = {}
        for each in told:
            for written in forms_of(each[1]):
                self.explained.setdefault(written, each)
        branches: Branches = {}
        for written in self.explained:
            at = branches
            for letter in written:
                at = at.setdefault(letter, {})
            at[""] = {}
        self.pattern = re.compile(rf"(?<![\w&#-]){_pattern(branches)}(?![\w-])") if told else None

    def mark_in(self, html: str) -> str:
        """The same page with each word marked where it stands first."""
        if self.pattern is None:
            return html
        met: set[int] = set()

        def mark(found: re.Match[str]) -> str:
            number, word, said, meaning = self.explained[found[0]]
            if number in met:
                return found[0]
            met.add(number)
            return note(found[0], number, word, said, meaning)

        pieces, in_text, left_alone = TAG.split(html), 0, 0
        for at, piece in enumerate(pieces):
            if at % 2:
                name = NAME.match(piece)
                step = -1 if piece.startswith("</") else 1
                if name and name[1] in TEXTS:
                    in_text += step
                elif name and name[1] in LEFT_ALONE:
                    left_alone += step
            elif in_text and not left_alone and piece:
                pieces[at] = self.pattern.sub(mark, piece)
        return "".join(pieces)


def forms_of(word: str) -> list[str]:
    """As it is written in the glossary, at the beginning of a sentence, and of several: “MRI scan” is no “mri scan”."""
    begun = word[:1].upper() + word[1:]
    several = [] if word.endswith("s") else [f"{word}s", f"{begun}s"]
    return [str(escape(each)) for each in dict.fromkeys([word, begun, *several])]


def _pattern(branches: Branches) -> str:
    """The longest word that begins here."""
    parts = [re.escape(letter) + _pattern(rest) for letter, rest in branches.items() if letter]
    if not parts:
        return ""
    one_of_them = f"(?:{'|'.join(parts)})"
    return f"{one_of_them}?" if "" in branches else one_of_them


def note(written: str, number: int, word: str, said: str, meaning: str) -> SafeString:
    """A word in its sentence, and what opens beside it."""
    return format_html(
        '<button type="button" class="term" popovertarget="term_{number}">{written}</button>'
        '<span class="term__note" id="term_{number}" popover><dfn class="term__word">{heading}</dfn>{said} '
        '<span class="term__meaning">{meaning}</span></span>',
        number=number,
        written=mark_safe(written),  # noqa: S308 - a part of the page that is marked
        heading=word[:1].upper() + word[1:],
        said=format_html(' <span class="term__said">{}</span>', _("say “%(said)s”") % {"said": said}) if said else "",
        meaning=meaning,
    )


@briefly
def _told() -> tuple[Told, ...]:
    published = GlossaryTerm.objects.filter(live=True).order_by("pk")
    return tuple(published.values_list("pk", "term", "said", "meaning"))


@lru_cache(maxsize=4)
def _made_of(told: tuple[Told, ...]) -> Words:
    return Words(told)


def explained(html: str) -> SafeString:
    """A page's own HTML with the words of the glossary explained: one question of the database, however many."""
    return mark_safe(_made_of(_told()).mark_in(html))  # noqa: S308 - as it came, with notes that are escaped


def short_forms() -> set[str]:
    """What the glossary explains in capitals: “MRI”, also where the entry is “MRI scan”."""
    return {part for _number, word, _said, _meaning in _told() for part in re.findall(r"\b[A-Z]{2,6}\b", word)}
