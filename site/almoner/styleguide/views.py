"""The style guide: one page that shows every component in every state, one that shows every block of the editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from almoner.styleguide import health, samples
from almoner.styleguide.forms import AmountSample, FormSample, filled_wrongly
from content import blocks

# In the order of a page: what stands around it, words, money, people, forms, the rest.
COMPONENTS = [
    ("frame", "Skip link, banner, header, footer"),
    ("colours", "Colours and type"),
    ("button", "Buttons"),
    ("notice", "Notices"),
    ("totaliser", "Totaliser"),
    ("key_figures", "Key figures"),
    ("impact_figures", "Impact figures"),
    ("six_numbers", "Six numbers"),
    ("figures", "Figures table"),
    ("bar_chart", "Bar chart"),
    ("field", "Fields"),
    ("errors", "Errors"),
    ("amounts", "Amounts"),
    ("steps", "Steps"),
    ("summary_list", "Answers to check"),
    ("card", "Cards"),
    ("endorsements", "Endorsements"),
    ("pull_quotes", "Pull quotes"),
    ("accreditations", "Accreditations"),
    ("funded", "What you funded"),
    ("people", "People"),
    ("qa", "Questions and answers"),
    ("milestones", "Milestones"),
    ("blocks", "Feature, publication, action"),
    ("care", "Care cards"),
    ("do_dont", "Do and don’t"),
    ("details", "Details"),
    ("glossary", "Glossary notes"),
    ("section", "Sections"),
    ("references", "References"),
    ("contents", "On this page"),
    ("review", "Reviews, helpline"),
    ("centres", "Centres"),
    ("video", "Film"),
    ("search", "Search"),
    ("directory", "Directory of support"),
    ("status", "Status"),
    ("breadcrumb", "Breadcrumb"),
    ("pagination", "Pagination"),
]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Nothing here comes from the database, but for the frame."""
    parts = [(name, title, f"styleguide/{name}.html") for name, title in COMPONENTS]
    context = {
        "parts": parts,
        "samples": samples,
        "health": health,
        "plain_form": FormSample(prefix="plain"),
        "wrong_form": filled_wrongly(),
        "amount_form": AmountSample(prefix="amount", initial={"choice": "2500"}),
        "wrong_amount_form": AmountSample(
            {"wrong-amount-choice": "other", "wrong-amount-other": "ten"}, prefix="wrong-amount"
        ),
    }
    return render(request, "styleguide/index.html", context)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every block that any page may hold, as editors see it before they choose it."""
    each_body = (getattr(blocks, name)() for name in blocks.__all__)
    known = {name: block for body in each_body for name, block in body.child_blocks.items()}
    shown = [(name, block, block.bind(block.get_preview_value())) for name, block in known.items()]
    return render(request, "styleguide/bodies.html", {"shown": shown})
