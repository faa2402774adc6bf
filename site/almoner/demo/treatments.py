"""The demo's page on treatments: ten sections of sample text in plain English. No clinician has checked it."""

from datetime import date
from typing import Any

from almoner.demo.building import paragraphs
from content.models import GlossaryTerm, MedicineTerm, Reference

CHECKED = date(2026, 3, 2)  # when what changes often was last looked up

Words = dict[str, Any]  # glossary terms, medicines and references, by their names


def listed(*lines: str) -> str:
    """A list of rich text."""
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def text(*texts: str) -> tuple[str, str]:
    """Paragraphs."""
    return "text", paragraphs(*texts)


def known() -> Words:
    """Every word and source on file."""
    return {
        **{each.term: each for each in GlossaryTerm.objects.all()},
        **{each.generic_name: each for each in MedicineTerm.objects.all()},
        **{each.title: each for each in Reference.objects.all()},
    }


def body() -> list[tuple[str, Any]]:
    """The blocks of the page."""
    words = known()

    def note(name: str) -> tuple[str, Any]:
        chosen = words[name]
        is_term = isinstance(chosen, GlossaryTerm)
        return "glossary", {"term": chosen if is_term else None, "medicine": None if is_term else chosen}

    def section(heading: str, *parts: tuple[str, Any], anchor: str, sources: list[str], changes: bool = False) -> Any:
        value = {"heading": heading, "body": list(parts), "anchor": anchor, "as_of": CHECKED if changes else None}
        return "section", {**value, "sources": [words[title] for title in sources]}

    guide, tablets = "Slow tumours: a guide for clinics", "Two tablets for tumours of the pancreas"
    return [
        text(
            "No two people with a neuroendocrine tumour are treated alike. What is offered depends on where the tumour "
            "began, how fast its cells divide, whether it makes hormones, and how you are. A team looks at all of that "
            "together before anybody suggests a treatment.",
            "You may have several treatments, one after another, over many years. Being watched with scans and nothing "
            "else can be a good plan as well.",
        ),
        FEVER,
        section(
            "Surgery",
            text(
                "If a tumour can be reached, taking all of it out is usually the first thing that the team discusses. "
                "When it stands by itself, an operation may be all that is needed.",
                "Sometimes all of it cannot come out. Then a surgeon may remove what is safe to remove. Less tumour "
                "makes less hormone, and leaves less for other treatments to do.",
            ),
            note("debulking"),
            *(AFTER_SURGERY,),
            anchor="surgery",
            sources=[guide],
        ),
        section(
            "Hormone-blocking injections",
            text(
                "Many of these tumours carry small docking places for a natural hormone. Somatostatin analogues fit "
                "those places. They calm flushes and loose bowels, and they can hold growth back for a long time. For "
                "many people they are the first medicine.",
                "Octreotide can be given under the skin every day to begin with. The long-acting kind, and lanreotide, "
                "are given about once a month, often by a nurse at home.",
            ),
            note("octreotide"),
            note("lanreotide"),
            *(INJECTIONS,),
            anchor="injections",
            sources=[guide, "Monthly injections: what patients notice"],
        ),
        section(
            "Targeted tablets",
            text(
                "Two medicines, everolimus and sunitinib, block signals that a tumour needs to grow. They are used "
                "most for tumours of the pancreas. Everolimus is used for the lung as well.",
                "They are taken at home, every day. Sore mouths, tiredness and rashes are common and can be eased, so "
                "say early if they trouble you.",
            ),
            note("everolimus"),
            note("sunitinib"),
            anchor="targeted-tablets",
            sources=[tablets],
            changes=True,
        ),
        section(
            "Chemotherapy",
            text(
                "Chemotherapy harms cells while they divide. It helps most when a tumour grows quickly or has spread "
                "widely. Tumours of the pancreas and lung answer to it more often than those of the bowel.",
                "It may be two tablets, capecitabine together with temozolomide, or a drip in a day unit. Your team "
                "will tell you which, how often, and for how long before they look again.",
            ),
            note("capecitabine"),
            anchor="chemotherapy",
            sources=[tablets, guide],
        ),
        section(
            "Interferon",
            text(
                "Interferon wakes the body’s own defences. It is an injection, and is chosen less often than it was, "
                "because many people feel as if they had influenza while they take it.",
                "It can be added when hormone-blocking injections alone are no longer enough.",
            ),
            anchor="interferon",
            sources=[guide],
        ),
        section(
            "Radioactive treatment (PRRT)",
            text(
                "This treatment uses the docking places, too. A medicine that fits them carries a little radioactive "
                "lutetium-177 straight to the tumour, and gives its dose there.",
                "It can only work if the tumour takes the medicine up. A scan with gallium-68 shows that beforehand: "
                "if nothing lights up, another treatment is better.",
                "The NHS has approved it for tumours of the gut and pancreas. For others it is given in trials.",
            ),
            note("gallium scan"),
            *(RADIATION,),
            anchor="prrt",
            sources=["Light where it is needed: lutetium in the gut and pancreas", guide],
            changes=True,
        ),
        section(
            "Embolisation",
            text(
                "Tumours in the liver live on blood from one artery. A doctor guides a fine tube into it from the "
                "groin or wrist and closes the small branches that feed them. Sometimes chemotherapy is left there at "
                "the same time.",
                "Most people stay a night or two. Pain and a raised temperature in the first days are common.",
            ),
            anchor="embolisation",
            sources=["Closing the small branches: ten years of one unit"],
        ),
        section(
            "Ablation",
            text(
                "Ablation destroys a tumour with heat. A thin probe goes through the skin into the tumour, watched on "
                "a scan, and warms its tip for some minutes.",
                "It suits tumours that are few and small. It can be done again if another appears.",
            ),
            anchor="ablation",
            sources=["Closing the small branches: ten years of one unit"],
        ),
        section(
            "Liver transplant",
            text(
                "A new liver is rarely the answer. It is thought about only when the disease is in the liver alone, "
                "after every test that could show it elsewhere, and after a long talk about what life with a "
                "transplant is like.",
            ),
            anchor="transplant",
            sources=[guide],
            changes=True,
        ),
        section(
            "Clinical trials",
            text(
                "This field moves quickly. Many people are offered a trial at some point, and your team should be able "
                "to say which are open to you.",
                "You may say no, or leave later, and your care will be just as good.",
            ),
            ("details", TRIAL_QUESTIONS),
            anchor="trials",
            sources=["Open doors: a register of trials for rare tumours"],
            changes=True,
        ),
        ("do_dont", GOOD_TO_KNOW),
        ("references", {"heading": "Where this comes from", "references": []}),
    ]


FEVER = (
    "care",
    {
        "urgency": "urgent",
        "heading": "Ring your treatment team today if",
        "text": listed(
            "your temperature is 38 or higher, or you shiver and cannot get warm",
            "you are sick or have loose bowels and cannot keep water down",
            "your face, chest or neck stays flushed and you feel faint",
        )
        + paragraphs("If nobody answers, ring 111. Say which treatment you are having."),
    },
)
AFTER_SURGERY = (
    "care",
    {
        "urgency": "emergency",
        "heading": "Ring 999 if, after an operation,",
        "text": listed(
            "your chest hurts or you cannot get your breath",
            "a wound bleeds and pressing on it does not stop it",
            "somebody cannot wake you, or you are suddenly confused",
        ),
    },
)
INJECTIONS = (
    "care",
    {
        "urgency": "soon",
        "heading": "Tell your nurse at the next visit if",
        "text": listed(
            "your stools float, are pale or are hard to flush",
            "you have pain under the right ribs after meals",
            "the last injection wore off before the next was due",
        ),
    },
)
RADIATION = (
    "details",
    {
        "summary": "Will I be radioactive when I come home?",
        "text": paragraphs(
            "A little, for some days. The team tells you how long to keep a small distance from children and from "
            "anybody who is pregnant, and what to do about the bathroom. Most people sleep in a bed of their own for "
            "about a week."
        ),
    },
)
TRIAL_QUESTIONS = {
    "summary": "Questions to ask about a trial",
    "text": listed(
        "What is already known about this treatment?",
        "What would I be given if I did not take part?",
        "How many more visits, scans and needles would there be?",
        "Who pays for my journeys?",
    ),
}
GOOD_TO_KNOW = {
    "do": [
        "take a list of your medicines to every visit",
        "tell an anaesthetist about your tumour before any operation, even at the dentist’s",
        "ask for the letter that the team writes after its meeting",
    ],
    "dont": [
        "stop a medicine by yourself, even if you feel well",
        "start a herbal remedy before somebody has checked it against your tablets",
    ],
}
