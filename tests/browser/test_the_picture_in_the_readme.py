"""The picture that README.md shows, drawn from the demo: copy tests/output/home.png to site/docs/home.png."""

from tests.browser.conftest import OUTPUT

KILOBYTES = 400
FIRST_VIEW = ".band--figures"  # down to the figures


def test_the_first_view_of_the_home_page_makes_a_picture(window):
    page = window(1280)
    page.goto("/")
    assert page.locator(".hero__picture").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    figures = page.locator(FIRST_VIEW).bounding_box()
    assert figures is not None
    OUTPUT.mkdir(exist_ok=True)
    taken = page.screenshot(
        path=OUTPUT / "home.png",
        full_page=True,
        clip={"x": 0, "y": 0, "width": 1280, "height": figures["y"] + figures["height"]},
    )
    assert len(taken) < KILOBYTES * 1000
