"""The demo's people at their own doors: trustees at /board/, staff at /admin/."""

from playwright.sync_api import Page

PASSWORD = "harbour-lights-2010"  # printed by the demo


def as_trustee(page: Page, username: str) -> Page:
    """Signed in at the board's door."""
    return sign_in(page, "/board/sign-in/", username)


def as_staff(page: Page, username: str) -> Page:
    """Signed in at the staff's door."""
    return sign_in(page, "/admin/login/", username)


def sign_in(page: Page, door: str, username: str) -> Page:
    """Name and password at one of the doors."""
    page.goto(door)
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: door not in address)
    return page
