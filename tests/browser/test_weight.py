"""What a telephone has to fetch for a page, held against the budgets; and that it comes from nowhere else."""

from urllib.parse import urlsplit

import pytest

from tests.bench import weighing

KB = 1000
WITHOUT_PICTURES, SCRIPT, ALL = 60 * KB, 10 * KB, 350 * KB
PAGES = [
    pytest.param("/", id="home"),
    pytest.param("/campaign/", id="campaign"),
    pytest.param("/information/treatments/", id="treatments"),
    pytest.param("/where-your-money-goes/", id="impact"),
    pytest.param("/appeals/nurse/", id="appeal"),
    pytest.param("/donate/nurse/", id="form"),
    pytest.param("/donate/nurse/at-once/?amount=25", id="form on one page"),
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_its_budget(demo, path):
    weight = weighing.weigh(urlsplit(demo.site).port, path)
    assert weight.all <= WITHOUT_PICTURES, weight.described
    assert weight.script <= SCRIPT, weight.described
    assert weight.elsewhere == []


@pytest.mark.parametrize("path", PAGES)
def test_with_all_its_pictures_it_is_still_light_and_all_is_ours(demo, window, path):
    page, fetched = window(390), []
    page.on("response", lambda answer: fetched.append(answer))  # Playwright writes on what it calls
    page.goto(path)
    page.evaluate("() => document.querySelectorAll('img').forEach(each => (each.loading = 'eager'))")
    page.wait_for_function("() => [...document.images].every(each => each.complete)")
    page.wait_for_load_state("networkidle")
    assert [each.url for each in fetched if not each.url.startswith((demo.site, "data:"))] == []
    sizes = {each.url: len(each.body()) for each in fetched}
    assert sum(sizes.values()) <= ALL, sizes
