"""Every public page: accessible, valid, at home on a small screen, and strict about what it may load."""

import re
import urllib.error
import urllib.request
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page

from almoner import embedded
from content import blocks
from content.models import TemplatesPage
from content.models.base import BasePage
from tests.browser.conftest import what_axe_finds
from tests.browser.signing_in import as_trustee

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ("home", "/"),
    ("appeals", "/appeals/"),
    ("appeal", "/appeals/nurse/"),
    ("closed appeal", "/appeals/scanner/"),
    ("appeals to give to", "/donate/"),
    ("form", "/donate/nurse/"),
    ("form on one page", "/donate/nurse/at-once/?amount=25"),
    ("form of a closed appeal", "/donate/scanner/"),
    ("campaign", "/campaign/"),
    ("stories", "/stories/"),
    ("story", "/stories/the-call-before-the-letter/"),
    ("impact", "/where-your-money-goes/"),
    ("information", "/information/"),
    ("page of information", "/information/just-diagnosed/"),
    ("page that is overdue", "/information/where-it-started/"),
    ("page that asks for nothing", "/information/near-the-end-of-life/"),
    ("treatments", "/information/treatments/"),
    ("condition", "/information/nets-of-the-pancreas/"),
    ("centres", "/centres/"),
    ("centres near somebody", "/centres/?place=ZZ1"),
    ("no such postcode", "/centres/?place=here"),
    ("centre", "/centres/kingfisher-infirmary/"),
    ("network", "/centres/solent-net-network/"),
    ("about", "/about/"),
    ("policy", "/our-promise-to-donors/"),
    ("news", "/news/"),
    ("news of a topic", "/news/?topic=nursing"),
    ("piece of news with a film", "/news/one-telephone/"),
    ("piece of news from elsewhere", "/news/every-tuesday/"),
    ("an empty list", "/events/"),
    ("publications", "/publications/"),
    ("publication", "/publications/first-doubt/"),
    ("directory", "/support/"),
    ("directory of a region", "/support/?region=wales"),
    ("people", "/people/"),
    ("contact", "/contact/"),
    ("thanks for writing", "/contact/?sent=yes"),
    ("volunteering", "/volunteer/"),
    ("programmes", "/grants/"),
    ("programme with an open round", "/grants/specialist-nurses/"),
    ("programme between rounds", "/grants/equipment/"),
    ("search", "/search/"),
    ("search with a promoted page", "/search/?q=nurse"),
    ("misspelt search", "/search/?q=scaner"),
    ("fruitless search", "/search/?q=parking+at+eastquay"),
    ("board sign-in", "/board/sign-in/"),
    ("styleguide", "/styleguide/"),
    ("blocks as editors see them", "/styleguide/blocks/"),
    ("letters", "/demo/mail/"),
    ("not found", "/news/no-such-page/"),
]
WIDTHS = [320, 390, 1280]
KINDS = """
  SELECT t.model, p.url_path FROM wagtailcore_page p JOIN django_content_type t ON t.id = p.content_type_id
   WHERE p.live AND t.app_label = 'content'
"""
LOOK = """() => ({
    width: document.documentElement.scrollWidth,
    levels: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(each => Number(each.tagName[1])),
    small: [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
        .filter(each => each.offsetParent && getComputedStyle(each).display !== 'inline')
        .filter(each => !each.matches('.skip-link, [type=radio], [type=checkbox]'))
        .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([html, box]) => box.width < 24 || box.height < 24).map(([html]) => html),
})"""
PATHS = [pytest.param(path, id=name) for name, path in PAGES]
BOARD = [  # as Cliff sees them, who has declared and has still to vote; the last as Dory, who has not declared
    ("cliff", "/board/"),
    ("cliff", "/board/{first}/"),
    ("cliff", "/board/{first}/vote/"),
    ("cliff", "/board/{first}/declare/"),
    ("cliff", "/board/{second}/"),
    ("cliff", "/board/{third}/"),
    ("dory", "/board/{first}/declare/"),
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_used_by_everybody(reader, path, keep_picture):
    page = reader(WIDTHS[0])
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width != 390:  # laid out as at 320: see below
            assert what_axe_finds(page) == "", width
            keep_picture(page, f"page-{re.sub(r'[^a-z0-9]+', '-', path.strip('/')) or 'home'}-{width}")
        assert_it_fits(page, width)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_used_where_no_script_runs(without_script, path):
    without_script.goto(path)
    for width in WIDTHS:
        without_script.set_viewport_size({"width": width, "height": 900})
        assert_it_fits(without_script, width)
    assert without_script.locator("main").inner_text().strip(), "there is something to read"


def test_every_kind_of_page_is_among_them(demo):
    wanted, asked = set(), [BasePage]
    while asked:
        asked += (kind := asked.pop()).__subclasses__()
        if not kind._meta.abstract and kind is not TemplatesPage:  # where editors copy from: nobody else sees it
            wanted.add(kind._meta.model_name)
    read = {path for _, path in PAGES}
    with psycopg.connect(embedded.Server(demo.var / "postgres").url("almoner")) as connection:
        rows = connection.execute(KINDS).fetchall()
    assert wanted - {kind for kind, url_path in rows if "/" + url_path.split("/", 2)[2] in read} == set()


def test_every_block_shows_something_before_it_is_chosen(reader):
    page = reader(WIDTHS[0])
    page.goto("/styleguide/blocks/")
    shown = page.locator(".guide__block")
    bodies = [getattr(blocks, name)() for name in blocks.__all__]
    assert shown.count() == len({name for body in bodies for name in body.child_blocks})
    empty = [each.get_attribute("aria-labelledby") for each in shown.all() if not each.locator(".band").inner_text()]
    assert empty == []


def test_a_phone_of_390_is_given_the_layout_of_320():
    rooms = (ROOT / "site" / "almoner", ROOT / "content", ROOT / "donations", ROOT / "grants")
    sheet = "".join(path.read_text() for room in rooms for path in room.rglob("*.css"))
    widths = [float(width) for width in re.findall(r"@media[^{]*width\s*[:<>=]+\s*([\d.]+)rem", sheet)]
    assert len(widths) > 5
    assert [width for width in widths if 320 <= width * 16 <= 390] == []
    assert not re.search(r"@media[^{]*width[^{]*\dpx", sheet), "all are in rem, as above"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_boards_pages_can_be_used_by_every_trustee(window, width, keep_picture, tmp_path, validator):
    pages = {username: as_trustee(window(width), username) for username in ("cliff", "dory")}
    numbers = zip(("first", "second", "third"), resolutions_of_the_demo(pages["cliff"]), strict=True)
    known = dict(numbers)
    for username, path in BOARD:
        page, address = pages[username], path.format(**known)
        page.goto(address)
        assert page.url.endswith(address)
        if width != 390:
            assert what_axe_finds(page) == "", address
        assert_it_fits(page, width)
        name = f"board-{username}-{address.strip('/').replace('/', '-')}"
        keep_picture(page, f"{name}-{width}")
        (tmp_path / f"{name}.html").write_bytes(page.request.get(address).body())
    assert validator.says(tmp_path) == []


def resolutions_of_the_demo(page: Page) -> list[str]:
    """The references of the three that the demo begins with, the oldest first."""
    page.goto("/board/")
    return sorted(set(re.findall(r"/board/(R-\d{4}-\d{3})/", page.content())))[:3]


def assert_it_fits(page: Page, width: int) -> None:
    """Nobody has to scroll sideways, or to hit what is less than 24 px wide or high; headings are an outline.

    A link inside a sentence may be small.
    """
    found = page.evaluate(LOOK)
    where = f"{page.url} at {width} px"
    assert found["width"] <= width, where
    assert found["small"] == [], where
    levels = found["levels"]
    assert levels.count(1) == 1, f"{where}: {levels}"
    assert all(after <= before + 1 for before, after in pairwise([0, *levels])), f"{where}: {levels}"


def test_every_page_is_valid_html(demo, tmp_path, validator):
    for name, path in PAGES:
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(read(demo.site + path))
    (tmp_path / "operators-page.html").write_bytes(read(demo.standin + "/"))
    assert validator.says(tmp_path) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_public_page_allows_nothing_inline_and_nothing_from_elsewhere(demo, path):
    with open_anyhow(demo.site + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        body = answer.read().decode()
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert " style=" not in body
    assert "<style" not in body


@pytest.mark.parametrize("path", PATHS)
def test_a_public_page_says_that_this_is_a_demonstration(demo, path):
    assert "no real money" in read(demo.site + path).decode().lower()


def open_anyhow(address: str):
    """The answer, whatever its status: a page that says “not found” is a page too."""
    try:
        return urllib.request.urlopen(address, timeout=20)
    except urllib.error.HTTPError as answer:
        return answer


def read(address: str) -> bytes:
    """The body of that answer."""
    with open_anyhow(address) as answer:
        return answer.read()
