"""Whatever people read in a template can be said in another language: words stand inside {% translate %}."""

import re
import struct
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).parents[2]
ROOMS = [ROOT / room / "templates" for room in ("content", "donations", "grants", "site/almoner")]
LEFT = {"demo", "styleguide"}  # the demo's own pages
SAID = re.compile(r"""\b(?:alt|title|aria-label|placeholder|content)=(?:"([^"]*)"|'([^']*)')""")
NOT_SEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
MARK = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
GAP = "\x00"  # where a tag of Django's stood
NO_WORDS = re.compile(
    r"&\w+;|#\w{6}|width=device-width, initial-scale=1|noindex(?:, nofollow)?|same-origin"
    r"|summary(?:_large_image)?|en_GB|website|Almoner"
)
ASKED = {"button", "card", "notice", "pagination", "status", "steps", "figures", "amount_links", "bar_chart", "people"}
LITERAL = re.compile(r'''(?<!_\()"([A-Z][^"]*)"''')  # a sentence of ours in a tag of ours
INSTEAD = re.compile(r'''\|default(?:_if_none)?:"([^"]*)"''')  # what is said where there is nothing to say
TEMPLATES = [
    pytest.param(path, id=str(path.relative_to(ROOT)))
    for room in ROOMS
    for path in sorted(room.rglob("*.*"))
    if path.suffix in (".html", ".txt") and not LEFT & set(path.parts)
]


def untranslated(source: str) -> list[str]:
    """Words outside of any tag, in text and in attributes that are read out."""
    plain, inside = "", False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            if name in ASKED:
                plain += "".join(f" {words} " for words in LITERAL.findall(token.contents))
            inside = name == "blocktranslate" or (inside and name != "endblocktranslate")
        if token.token_type == TokenType.VAR:
            plain += "".join(f" {words} " for words in INSTEAD.findall(token.contents))
        plain += token.contents if token.token_type == TokenType.TEXT and not inside else GAP
    plain = NOT_SEEN.sub(" ", plain)
    spoken = [(match[1] or match[2] or "") for match in SAID.finditer(plain)]
    texts = [*spoken, MARK.sub(" ", plain)]
    return [word for text in texts for word in WORD.findall(NO_WORDS.sub(" ", text))]


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_says_nothing_that_cannot_be_translated(path):
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ("<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</p>", []),
        ('{% button "Give now" href="/" %}{% button _("Give now") href="/" kind="give" %}', ["Give", "now"]),
        ('<img alt="A boat" src="boat.svg">', ["boat"]),
        ('<a class="button" href="/donate/">{{ words }}</a>', []),
        ("{% if new %}New{% endif %}", ["New"]),
        ('{{ day|default:"not yet" }}{{ day|default:_("not yet") }}{{ day|date:"j F Y" }}', ["not", "yet"]),
        ("{# A note #}<script>var x = 'words'</script>", []),
    ],
)
def test_words_are_found_where_people_read_them(source, found):
    assert untranslated(source) == found


def catalogue(place: Path, language: str, words: dict[str, str]) -> None:
    """What `compilemessages` makes of a translator's work (the format is gettext's: two tables, then the words)."""
    told = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items())
    texts = [text.encode() for pair in zip(*told, strict=True) for text in pair]
    count, at = len(told), 28 + 16 * len(told)
    table = b""
    for text in texts:
        table += struct.pack("<II", len(text), at)
        at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, at)
    file = place / language / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(head + table + b"\0".join(texts) + b"\0")


@pytest.mark.django_db
def test_a_reader_is_answered_in_a_language_that_the_charity_added(client, home, settings, tmp_path):
    catalogue(tmp_path, "cy", {"What are you looking for?": "Am beth ydych chi’n chwilio?"})
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    settings.LOCALE_PATHS = [tmp_path]
    asked = {"HTTP_ACCEPT_LANGUAGE": "cy, en;q=0.5"}
    assert "Am beth ydych chi’n chwilio?" in client.get("/search/", **asked).content.decode()
    assert "What are you looking for?" in client.get("/search/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()


@pytest.mark.django_db
def test_a_donor_is_asked_and_put_right_in_a_language_that_the_charity_added(client, nurse_appeal, settings, tmp_path):
    said = {
        "How much would you like to give, and how often?": "Faint hoffech chi ei roi, a pha mor aml?",  # the page
        "How often?": "Pa mor aml?",  # the form
        "Choose how often you would like to give.": "Dewiswch pa mor aml.",  # what is wrong
    }
    catalogue(tmp_path, "cy", said)
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    settings.LOCALE_PATHS = [tmp_path]
    form = f"/donate/{nurse_appeal.slug}/"
    asked = {"HTTP_ACCEPT_LANGUAGE": "cy"}
    shown = [client.get(form, **asked).content.decode(), client.post(form, {}, **asked).content.decode()]
    english = [client.get(form).content.decode(), client.post(form, {}).content.decode()]
    for words, welsh in said.items():
        assert any(welsh in page for page in shown)
        assert any(words in page for page in english)
        assert not any(words in page for page in shown)
