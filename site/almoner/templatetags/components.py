"""The design system's template tags: {% money amount %} and friends. Built in: no {% load %} is needed.

Each tag has a template in templates/components/, a stylesheet in static/almoner/components/, a place on
/styleguide/ and a test, all of one name. Figures are handed in: a component never asks the database.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext

from donations.ledger.money import Money

register = template.Library()
Context = dict[str, Any]


def as_money(amount: Money | int) -> Money:
    """Money, from Money or from whole pence."""
    return amount if isinstance(amount, Money) else Money(amount)


@register.simple_tag
def money(amount: Money | int | None, exact: bool = False) -> str:
    """“£1,234”, or “£1,234.00” where `exact`; nothing for None."""
    if amount is None:
        return ""
    return as_money(amount).exact if exact else str(as_money(amount))


@register.filter(name="money")
def money_filter(amount: Money | int | None) -> str:
    """The same, where only a filter fits."""
    return money(amount)


@register.inclusion_tag("components/button.html")
def button(
    words: str, *, href: str = "", kind: str = "primary", name: str = "", value: str = "", describes: str = ""
) -> Context:
    """A link that looks like a button where `href` is given, else a button that sends its form.

    Kinds: primary, give, secondary, quiet, danger. `describes` is added for those who do not see the page.
    """
    return {"words": words, "href": href, "kind": kind, "name": name, "value": value, "describes": describes}


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """A notice around its content. Kinds: info, success, warning, error; the kind is also said in words."""
    return mark_safe(  # noqa: S308 - the block's own, already escaped, template output
        render_to_string("components/notice.html", {"content": content, "kind": kind, "title": title, "role": role})
    )


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> Context:
    """What is wrong with a form, first on the page, each line leading to its field."""
    wrong = []
    for name, errors in form.errors.items():
        if name in form.fields:
            wrong += [(target_of(form[name]), error) for error in errors]
    return {"general": form.non_field_errors() if form.is_bound else [], "wrong": wrong, "is_wrong": bool(form.errors)}


def target_of(field: BoundField) -> str:
    """The id where a person can put a field right: for radios and boxes, the first of them."""
    if field.use_fieldset:
        first = next(iter(field.subwidgets), None)
        return str(first.id_for_label) if first else field.auto_id
    return field.id_for_label


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form's field: label, hint, error, control."""
    return bound.as_field_group()


@register.inclusion_tag("components/amount_picker.html")
def amount_picker(choice: BoundField, other: BoundField, groups: Sequence[Any] = ()) -> Context:
    """Suggested amounts as large cards, the last of them with a box for another amount.

    A choice's label is an amount and, after a space, what it pays for: “£25 pays for an hour of a nurse”.
    `groups` say which are for which frequency (heading, words, values): a stylesheet shows those that were chosen.
    """
    cards, by_value = [], {}
    for radio in choice.subwidgets:
        amount, _, pays_for = str(radio.choice_label).partition(" ")
        if not amount.startswith("£"):
            amount, pays_for = str(radio.choice_label), ""
        is_other = not pays_for and amount[0] != "£"
        card = {"radio": radio, "amount": amount, "pays_for": pays_for, "is_other": is_other}
        cards.append(card)
        by_value[str(radio.data["value"])] = card
    describedby = " ".join(filter(None, (choice.aria_describedby, f"{other.auto_id}_error" if other.errors else "")))
    several = [
        {"heading": group.heading, "words": group.words, "cards": [by_value[value] for value in group.values]}
        for group in groups
        if len(groups) > 1
    ]
    last = [card for card in cards if card["is_other"]]
    return {
        "choice": choice,
        "other": other,
        "groups": several,
        "cards": last if several else cards,
        "describedby": describedby,
    }


@register.inclusion_tag("components/amount_links.html")
def amount_links(amounts: Iterable[Any], href: str, heading: str = "") -> Context:
    """Suggested amounts as links to the form, with what each pays for once Finance has approved the words."""
    shown = [(str(each.money)[1:].replace(",", ""), each) for each in amounts]
    return {"amounts": shown, "href": href, "heading": heading}


@register.inclusion_tag("components/totaliser.html")
def totaliser(raised: Money, target: Money | None = None, words: str = "") -> Context:
    """What has been raised, of how much: text first, then a bar."""
    return {
        "raised": raised,
        "target": target,
        "words": words or gettext("raised"),
        "shown": min(raised.pence, target.pence) if target else 0,
        "is_reached": target is not None and raised >= target,
        "percent": min(100, max(0, raised.pence * 100 // target.pence)) if target else 0,
    }


@register.inclusion_tag("components/steps.html")
def steps(current: int, *names: str) -> Context:
    """Where somebody is in a form of several pages; `current` counts from 1."""
    return {"current": current, "steps": list(enumerate(names, start=1))}


@register.inclusion_tag("components/card.html")
def card(
    title: str, *, href: str = "", text: str = "", picture: Any = None, label: str = "", level: int = 3
) -> Context:
    """A card with one link; its picture is decoration."""
    return {"title": title, "href": href, "text": text, "picture": picture, "label": label, "tag": f"h{level}"}


@register.simple_tag
def drawn(
    picture: Any, css: str, alt: str = "", sizes: str = "(min-width: 60rem) 36rem, 100vw", first: bool = False
) -> SafeString:
    """A picture in the kinds and widths in which it comes; `first` is what is seen before anything else."""
    attributes = {"class": css, "alt": alt}
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    if not hasattr(picture, "formats"):  # one rendition
        return mark_safe(picture.img_tag(attributes))  # noqa: S308 - Wagtail escapes each attribute
    picture.attrs = attributes | {"sizes": sizes}
    return mark_safe(picture)  # noqa: S308 - as above


@register.inclusion_tag("components/figures.html")
def figures(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], total: Sequence[Any] = (), exact: bool = False
) -> Context:
    """A table of figures: the first cell of a row names it, Money stands to the right.

    `total` is the last row, asked of the ledger like every other: nothing is added up here.
    """
    drawn = [[_cell(value, exact) for value in row] for row in rows]
    return {
        "caption": caption,
        "anchor": slugify(caption),
        "columns": columns,
        "rows": drawn,
        "total": [_cell(value, exact) for value in total],
    }


def _cell(value: Any, exact: bool) -> Context:
    if isinstance(value, Money):
        return {"text": value.exact if exact else str(value), "is_figure": True}
    return {"text": value, "is_figure": isinstance(value, int)}


@register.inclusion_tag("components/key_figures.html")
def key_figures(figures: Iterable[tuple[Any, str]], note: str = "") -> Context:
    """A few large figures, each with its words."""
    return {"figures": figures, "note": note}


@register.inclusion_tag("components/six_numbers.html")
def six_numbers(numbers: Any) -> Context:
    """The six public numbers of anything, with a bar that shows what became of the money raised.

    `numbers` are donations.ledger.balances.Numbers; `remaining` is never below nil.
    """
    parts = [("paid", numbers.paid), ("promised", numbers.still_to_pay), ("free", numbers.remaining)]
    # Money moved in from another fund can make this more than was raised.
    whole = max(1, numbers.raised.pence, (numbers.allocated + numbers.remaining).pence)
    drawn, at = [], 0
    for name, part in parts:
        width = round(part.pence * 1000 / whole)
        drawn.append({"name": name, "x": at, "width": width})
        at += width
    return {"numbers": numbers, "parts": [part for part in drawn if part["width"]]}


@register.inclusion_tag("components/milestones.html")
def milestones(milestones: Iterable[Any]) -> Context:
    """Dated steps, in the editor's order. Each has `when`, `title`, `text`, `place`, `status`."""
    return {"milestones": milestones}


@register.inclusion_tag("components/endorsement.html")
def endorsement(card: Any, level: int = 3) -> Context:
    """One endorsement: the words first, then who said them, once."""
    return {"card": card, "tag": f"h{level}"}


@register.inclusion_tag("components/endorsements.html")
def endorsements(cards: Sequence[Any], heading: str = "", layout: str = "list") -> Context:
    """Endorsements as a list, or as a rail that scrolls sideways; the same HTML."""
    return {
        "cards": cards,
        "heading": heading,
        "anchor": slugify(heading) or "endorsements",
        "is_rail": layout == "rail",
    }


@register.inclusion_tag("components/qa.html")
def qa(question: str, answer: Any, anchor: str = "") -> Context:
    """A question that opens to its answer; the anchor is inside, so that a link to it can open it."""
    return {"question": question, "answer": answer, "anchor": anchor or slugify(question)[:60]}


@register.inclusion_tag("components/people.html")
def people(people: Iterable[Any], heading: str = "", level: int = 2) -> Context:
    """People in the editor's order. Each has `name`, `post_nominals`, `role`, `affiliation`, `picture`."""
    return {"people": people, "heading": heading, "tag": f"h{level}"}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(trail: Sequence[tuple[str, str]]) -> Context:
    """The way back: (title, address) from the top down, without the page itself."""
    return {"trail": trail}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any], query: str = "", label: str = "") -> Context:
    """Previous and next. `query` is what else the address keeps, as “q=nurse&”."""
    return {"page": page, "query": query, "label": label or gettext("Pages")}


@register.inclusion_tag("components/status.html")
def status(words: str, kind: str = "neutral") -> Context:
    """A state in a word or two. Kinds: neutral, good, waiting, bad; the words carry the meaning."""
    return {"words": words, "kind": kind}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Sequence[Any]]) -> Context:
    """What was answered: (label, value) or (label, value, address at which to change it)."""
    padded = [(*row, "")[:3] for row in rows]
    return {"rows": padded, "can_change": any(change for _, _, change in padded)}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(title: str, rows: Sequence[tuple[str, Money]], columns: Sequence[str] = ()) -> Context:
    """Columns drawn on the server, and the same numbers in a table."""
    most = max((amount.pence for _, amount in rows), default=0) or 1
    bars = [
        {"x": at * 20 + 3, "y": 200 - height, "height": height}
        for at, (_, amount) in enumerate(rows)
        for height in [max(1, round(max(0, amount.pence) * 200 / most))]
    ]
    return {
        "title": title,
        "anchor": slugify(title),
        "bars": bars,
        "width": max(1, len(rows)) * 20,
        "rows": rows,
        "columns": columns or ("", gettext("Amount")),
        "most": Money(most),
        "first": rows[0][0] if rows else "",
        "last": rows[-1][0] if rows else "",
    }
