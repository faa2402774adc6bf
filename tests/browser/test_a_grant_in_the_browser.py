"""The grant's walk again, in a real browser: staff at their desks, trustees on their phones, and the public's page."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.signing_in import as_staff, as_trustee

TITLE = "Evening calls from a nurse"
PAPER = "People are most afraid in the evening.\n\nWe ask the board to approve £1,200 for a year of evening calls."


def test_a_grant_walks_through_the_browser_and_the_public_page_moves(window, keep_picture):
    before = where_the_money_goes(window)

    # Skipper, the grants officer, enters the proposal, writes the paper and puts it before the board.
    skipper = as_staff(window(), "skipper")
    skipper.goto("/admin/grants/enter/")
    skipper.get_by_label("Programme").select_option(label="Help for patients")
    skipper.get_by_label("Title").fill(TITLE)
    skipper.get_by_label("Organisation that asks").fill("Saltmarsh Cancer Centre (demo)")
    skipper.get_by_label("Amount asked for, in pounds").fill("1,200")
    skipper.get_by_label("Summary").fill("A nurse who rings back between six and nine.")
    skipper.get_by_role("button", name="Enter it").click()
    expect(skipper.get_by_text("is entered.")).to_be_visible()
    press(skipper, "Write a resolution")
    skipper.get_by_label("The paper").fill(PAPER)
    skipper.get_by_label("From Patient support fund, in pounds").fill("1200")
    skipper.get_by_label("Voting ends on").fill(f"{date.today() + timedelta(days=14):%d/%m/%Y}")
    skipper.keyboard.press("Tab")  # shuts the calendar
    send(skipper, "Save the draft")
    keep_picture(skipper, "grant-1-draft-1280")
    press(skipper, "Open the resolution")
    send(skipper, "Open it")
    expect(skipper.get_by_text("is before the board.")).to_be_visible()
    resolution = re.search(r"R-\d{4}-\d{3}", skipper.content())[0]
    at_the_desk = skipper.url

    # Misty stands aside: she reads nothing. The others declare, read, and vote; three of them are the quorum.
    misty = as_trustee(window(390), "misty")
    declare(misty, resolution, conflict="My aunt would be one of those who ring.")
    expect(misty.get_by_text("You stand aside", exact=True)).to_be_visible()
    expect(misty.get_by_text("People are most afraid")).to_have_count(0)
    coral = as_trustee(window(390), "coral")
    declare(coral, resolution)
    keep_picture(coral, "grant-2-paper-390")
    vote(coral, "Approve")
    keep_picture(coral, "grant-3-voted-390")
    gale = as_trustee(window(390), "gale")
    declare(gale, resolution)
    vote(gale, "Reject", because="The day comes first.")
    cliff = as_trustee(window(390), "cliff")
    declare(cliff, resolution)
    vote(cliff, "Approve")
    assert where_the_money_goes(window) == before, "nothing is reserved before the deciding vote"

    # Dory's vote is the last. It decides, and in the same moment the money is set aside.
    dory = as_trustee(window(), "dory")
    declare(dory, resolution)
    vote(dory, "Approve")
    expect(dory.get_by_text("To approve 3, to reject 1, to defer 0, abstaining 0.")).to_be_visible()
    keep_picture(dory, "grant-4-minute-1280")
    after = where_the_money_goes(window)
    assert after["allocated"] - before["allocated"] == 1_200_00
    assert after["still-to-pay"] - before["still-to-pay"] == 1_200_00
    assert before["remaining"] - after["remaining"] == 1_200_00
    assert after["paid"] == before["paid"]

    # Skipper offers the award, records the answer, plans one instalment and asks for it.
    skipper.goto(at_the_desk)
    skipper.get_by_role("link", name=re.compile(r"^A-\d{4}-\d{3}$")).click()
    the_award = skipper.url
    press(skipper, "Offer the award")
    send(skipper, "Offer it")
    press(skipper, "Record the acceptance")
    skipper.get_by_label("Who accepted for the grantee").fill("Mrs Avis Mainbrace, chief nurse")
    send(skipper, "It is accepted")
    press(skipper, "Plan instalments")
    skipper.locator("[name=form-0-amount]").fill("1,200")
    skipper.locator("[name=form-0-due_on]").fill(f"{date.today():%d/%m/%Y}")
    skipper.keyboard.press("Tab")
    send(skipper, "Plan them")
    skipper.get_by_role("table", name="Its instalments").get_by_role("link", name="1").click()
    the_instalment = skipper.url
    press(skipper, "Request the payment")
    send(skipper, "Request it")
    expect(skipper.get_by_role("link", name="Authorise the payment")).to_have_count(0)

    # Rocky and Tidea authorise it, one after the other; Dune finds it on the bank's statement.
    rocky = as_staff(window(), "rocky")
    authorise(rocky, the_instalment)
    expect(rocky.get_by_role("link", name="Authorise the payment")).to_have_count(0)
    authorise(as_staff(window(), "tide"), the_instalment)
    dune = as_staff(window(), "dune")
    dune.goto(the_instalment)
    press(dune, "Confirm the payment")
    dune.get_by_label("Paid on").fill(f"{date.today():%d/%m/%Y}")
    dune.keyboard.press("Tab")
    dune.get_by_label("The bank’s reference").fill("BACS 4711")
    send(dune, "It is paid")
    for name in ("Skipper Halyard", "Rocky Groyne", "Tidea Wrackham", "BACS 4711"):
        expect(dune.get_by_text(name).first).to_be_visible()
    keep_picture(dune, "grant-5-paid-1280")
    dune.goto(the_award)
    keep_picture(dune, "grant-6-award-1280")

    # The public's page says the same: allocated as before the payment, £1,200 of it paid.
    at_last = where_the_money_goes(window, keep_picture)
    assert at_last["raised"] >= before["raised"]
    assert at_last["allocated"] == after["allocated"]
    assert at_last["paid"] - before["paid"] == 1_200_00
    assert at_last["still-to-pay"] == before["still-to-pay"]
    public = window(390)
    public.goto("/where-your-money-goes/")
    expect(public.get_by_role("heading", name=TITLE)).to_be_visible()


def press(page: Page, name: str) -> None:
    """On a thing's page: the button that leads to one action."""
    page.get_by_role("link", name=name, exact=True).click()


def send(page: Page, name: str) -> None:
    """The button of an action's form, pressed from the keyboard; it leads away from the form."""
    form = page.url
    page.get_by_role("button", name=name, exact=True).press("Enter")
    page.wait_for_url(lambda address: address != form)


def declare(page: Page, resolution: str, *, conflict: str = "") -> None:
    """Declare first: only then is there a paper."""
    page.goto(f"/board/{resolution}/")
    page.get_by_label("Yes, I have one" if conflict else "No, I have none").check()
    page.get_by_label("If yes, what is it?").fill(conflict)
    page.get_by_role("button", name="Declare").click()
    page.wait_for_url(f"**/board/{resolution}/")


def vote(page: Page, choice: str, *, because: str = "") -> None:
    """From the paper to the vote."""
    page.get_by_role("link", name="Vote", exact=True).click()
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("Your reason").fill(because)
    page.get_by_role("button", name="Vote", exact=True).click()
    page.wait_for_url(re.compile(r"/board/[^/]+/$"))


def authorise(page: Page, the_instalment: str) -> None:
    """One of the two signatures."""
    page.goto(the_instalment)
    press(page, "Authorise the payment")
    send(page, "Authorise it")


def where_the_money_goes(window, keep_picture=None) -> dict[str, int]:
    """The public page's figures over everything, in pence."""
    page = window()
    page.goto("/where-your-money-goes/")
    if keep_picture:
        keep_picture(page, "grant-7-where-the-money-goes-1280")
    numbers = page.locator("section", has=page.get_by_role("heading", name="All our money"))
    return {
        name: pence(numbers.locator(f"[data-figure={name}]").inner_text())
        for name in ("raised", "allocated", "paid", "still-to-pay", "remaining")
    }


def pence(said: str) -> int:
    """“£1,234” or “£1,234.50” in pence."""
    pounds, _, rest = re.sub(r"[^0-9.]", "", said).partition(".")
    return int(pounds) * 100 + int(rest or 0)
