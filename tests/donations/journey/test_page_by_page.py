"""The pages of a gift: one question each, Back works, and nothing that was typed is lost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations.actions import drafting, pledging
from donations.models import Draft, Match, Pledge
from donations.models.declaration import Declaration
from tests.donations.journey.walker import ANSWERS
from tests.walks.postman import carry_the_post, stripe_away, work_through_the_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_come_in_their_order_and_end_at_stripe(walker, standin):
    met = [walker.sends("amount")]
    while met[-1] != "check":
        met.append(walker.sends(met[-1]))
    assert met == ["details", "gift-aid", "home", "tribute", "contact", "check"]
    walker.sends("check")
    assert walker.answer["Location"].startswith(standin.url)
    pledge = Pledge.objects.get()
    assert (pledge.name, pledge.pence, pledge.gift_aid) == ("Ada Mary Periwinkle", 2500, "yes")


def test_a_home_is_asked_for_only_after_a_yes(walker):
    walker.walks_to("gift-aid")
    assert walker.sends("gift-aid", gift_aid="no") == "tribute"


def test_nothing_is_ticked_beforehand_on_any_page(walker):
    assert " checked" not in walker.client.get(reverse("donations:give", args=["nurse"])).content.decode()
    at = walker.sends("amount")
    while at != "check":
        assert " checked" not in walker.opens(at), at
        at = walker.sends(at)
    assert " checked" not in walker.opens("check")


def test_once_a_month_and_a_year_weigh_the_same(client, nurse_appeal):
    page = client.get(reverse("donations:give", args=["nurse"]))
    shown = re.findall(
        r'<div class="choice">(?:<input type="radio" name="every"[^>]*>)<label class="([^"]*)"', page.content.decode()
    )
    assert shown == ["choice__label"] * 3


def test_back_shows_what_was_typed_there(walker):
    walker.walks_to("contact")
    assert 'value="1 Quay Street"' in walker.opens("home")
    assert 'value="Ada Mary Periwinkle"' in walker.opens("details")
    assert walker.answer.context["back"] == walker.address("amount")


def test_the_name_is_not_asked_twice(walker):
    walker.walks_to("home")
    page = walker.opens("home")
    assert 'value="Ada Mary"' in page
    assert 'value="Periwinkle"' in page


def test_a_change_made_from_the_last_page_leads_back_to_it(walker):
    walker.walks_to("check")
    assert walker.sends("details", name="Ada Whelk") == "check"
    assert "Ada Whelk" in walker.opens("check")


def test_an_answer_that_needs_another_page_leads_there_first(walker):
    walker.walks_to("check", gift_aid={"gift_aid": "no"})
    assert walker.sends("gift-aid", gift_aid="yes") == "home"
    assert walker.sends("home") == "check"


def test_nobody_pays_past_a_page_that_is_still_open(walker):
    walker.walks_to("gift-aid")
    assert walker.client.get(walker.address("check"))["Location"].endswith("/gift-aid/")
    assert walker.sends("check") == "gift-aid"
    assert not Pledge.objects.exists()


def test_a_page_that_lay_open_for_two_days_loses_nothing_of_what_was_typed_on_it(walker):
    walker.walks_to("details")
    Draft.objects.update(changed_at=timezone.now() - timedelta(days=2))
    token = walker.draft.token
    drafting.remove_old()
    address = reverse("donations:question", args=["nurse", token, "details"])
    answer = walker.client.post(address, ANSWERS["details"])
    assert answer.status_code == 302
    assert walker.draft.answers["details"]["name"] == "Ada Mary Periwinkle"
    assert walker.client.get(answer["Location"], follow=True).status_code == 200


def test_an_address_of_nobodys_leads_to_the_first_page(client, nurse_appeal):
    answer = client.get(reverse("donations:question", args=["nurse", uuid4(), "check"]))
    assert answer["Location"] == reverse("donations:give", args=["nurse"])
    assert client.get(reverse("donations:question", args=["nurse", uuid4(), "nothing"])).status_code == 404


def test_paying_is_asked_for_once_however_often_the_last_page_is_sent(walker, standin):
    first = walker.gives()
    walker.sends("check")
    assert walker.answer["Location"] == first.checkout_url
    assert Pledge.objects.count() == 1
    assert Declaration.objects.count() == 1


def test_whoever_has_paid_is_thanked_and_not_asked_again(walker, standin):
    pledge = walker.gives()
    standin.pay(pledge.checkout_session, card="succeeds")
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    for answer in (walker.client.get(walker.address("check")), walker.client.post(walker.address("check"), {})):
        assert answer.status_code == 302
        assert f"/donate/thanks/{pledge.reference}/" in answer["Location"]
    assert Pledge.objects.count() == 1


def test_whoever_changes_her_mind_at_stripe_can_pay_on_one_page_only(walker, standin):
    first = walker.gives()
    walker.sends("amount", choice="5000")
    walker.sends("check")
    second = Pledge.objects.get(checkout_url=walker.answer["Location"])
    assert (first.pence, second.pence) == (2500, 5000)
    assert standin.session(first.checkout_session)["status"] == "expired"


def test_whoever_paid_in_another_window_is_thanked_for_that(walker, standin):
    first = walker.gives()
    standin.pay(first.checkout_session, card="succeeds")
    walker.sends("amount", choice="5000")
    walker.sends("check")
    assert f"/donate/thanks/{first.reference}/" in walker.answer["Location"]


def test_who_comes_back_from_stripe_without_paying_finds_everything(walker, standin):
    pledge = walker.gives()
    back = standin.session(pledge.checkout_session)["cancel_url"].removeprefix("http://testserver")
    page = walker.client.get(back).content.decode()
    assert "You have not been charged" in page
    assert "Ada Mary Periwinkle" in page
    assert "Ada" not in back


def test_with_stripe_away_the_last_page_says_so_and_keeps_everything(walker, standin, settings):
    walker.walks_to("check")
    with stripe_away(standin, asked_by="POST"):
        walker.sends("check")
    assert walker.answer.status_code == 503
    assert "Nothing has been taken" in walker.answer.content.decode()
    walker.sends("check")
    assert walker.answer.status_code == 302


def test_links_carry_an_amount_and_a_frequency(client, nurse_appeal):
    for name in ("give", "give_at_once"):
        page = client.get(reverse(f"donations:{name}", args=["nurse"]), {"amount": "25", "every": "month"})
        assert page.context["form"]["every"].value() == "month"
        assert page.context["form"]["choice"].value() == "2500"
        silly = client.get(reverse(f"donations:{name}", args=["nurse"]), {"amount": "<b>", "every": "hour"})
        assert silly.status_code == 200
        assert " checked" not in silly.content.decode()


def test_an_appeal_without_gift_aid_or_tributes_does_not_ask_for_them(walker, nurse_appeal):
    nurse_appeal.gift_aid = nurse_appeal.tributes = False
    nurse_appeal.save()
    assert walker.sends("amount") == "details"
    assert walker.sends("details") == "contact"
    assert walker.sends("contact") == "check"
    assert "Gift Aid" not in walker.opens("check")


def test_a_closed_appeal_takes_no_page(walker, nurse_appeal):
    walker.walks_to("details")
    nurse_appeal.closes_on = nurse_appeal.opens_on
    nurse_appeal.afterwards = "The nurse is here."
    nurse_appeal.save()
    answer = walker.client.post(walker.address("details"), ANSWERS["details"])
    assert answer.status_code == 410
    assert "The nurse is here." in answer.content.decode()


def test_the_appeals_to_choose_from_are_the_open_ones(client, nurse_appeal):
    page = client.get(reverse("donations:choose")).content.decode()
    assert "A nurse for our coast" in page
    nurse_appeal.closes_on = nurse_appeal.opens_on
    nurse_appeal.save()
    assert "A nurse for our coast" not in client.get(reverse("donations:choose")).content.decode()


def test_a_partners_button_is_a_picture_and_a_link(client, people, nurse_appeal):
    picture = client.get(reverse("donations:button", args=["nurse"]))
    assert picture["Content-Type"] == "image/svg+xml"
    assert "Give to A nurse for our coast" in picture.content.decode()
    assert not picture.cookies
    client.force_login(people.fundraiser)
    page = client.get(reverse("appeals:inspect", args=[nurse_appeal.pk])).content.decode()
    assert f"{reverse('donations:give_at_once', args=['nurse'])}?amount=25&amp;every=month" in page
    assert client.get(reverse("donations:button", args=["nothing"])).status_code == 404


def test_a_form_that_another_site_sends_does_nothing(client, nurse_appeal):
    answer = client.post(
        reverse("donations:give", args=["nurse"]), ANSWERS["amount"], headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Draft.objects.exists()


# ---- a champion who doubles gifts


@pytest.fixture
def match(nurse_appeal):
    """A local family doubles gifts until £30 is used up."""
    return Match.objects.create(
        appeal=nurse_appeal, champion="A local family", pence=3000, available_pence=3000, opens_on=nurse_appeal.opens_on
    )


def test_a_donor_is_told_before_paying_by_how_much_the_gift_is_doubled(walker, match, standin):
    walker.walks_to("check")
    page = walker.opens("check")
    assert "A local family adds £25 to your gift." in page
    walker.sends("check", doubled="2500")
    assert Pledge.objects.get(checkout_url=walker.answer["Location"]).matched.pence == 2500


def test_a_donor_is_told_before_paying_that_a_match_was_used_up_meanwhile(walker, match, standin):
    walker.walks_to("check")
    Match.objects.update(pence=400, available_pence=400)
    walker.sends("check", doubled="2500")
    assert walker.answer["Location"].endswith("/check/?doubled=less"), "nobody is sent to pay on a wrong word"
    page = walker.client.get(walker.answer["Location"]).content.decode()
    assert "Only £4 of it was left for your gift." in page
    walker.sends("check", doubled="400")
    assert walker.answer["Location"].startswith(standin.url)


def test_with_the_match_gone_the_gift_is_welcome_undoubled(walker, match, standin):
    walker.walks_to("check")
    match.delete()
    walker.sends("check", doubled="2500")
    page = walker.client.get(walker.answer["Location"]).content.decode()
    assert "it is not doubled any more" in page
    walker.sends("check")
    assert walker.answer["Location"].startswith(standin.url)


def test_who_changes_the_amount_holds_the_match_once(walker, match, standin):
    walker.gives(check={"doubled": "2500"})
    walker.sends("amount", choice="1000")
    walker.sends("check", doubled="1000")
    assert walker.answer["Location"].startswith(standin.url)
    match.refresh_from_db()
    assert match.available_pence == 2000


def test_all_on_one_page_the_donor_is_told_too(client, match, standin):
    typed = {**ANSWERS["amount"], **ANSWERS["details"], "gift_aid": "no", "doubled": "3000"}
    address = reverse("donations:give_at_once", args=["nurse"])
    assert "A local family doubles gifts" in client.get(address).content.decode()
    Match.objects.update(pence=1000, available_pence=1000)
    answer = client.post(address, typed)
    assert answer["Location"].endswith("/check/?doubled=less")


# ---- pages that have closed, and minds that are changed back


def test_who_changes_the_amount_and_changes_it_back_gets_a_page_that_is_open(walker, standin):
    first = walker.gives()
    walker.sends("amount", choice="5000")
    walker.sends("check")
    walker.sends("amount", choice="2500")
    walker.sends("check")
    last = Pledge.objects.get(checkout_url=walker.answer["Location"])
    assert last != first
    assert (last.pence, standin.session(last.checkout_session)["status"]) == (2500, "open")
    open_pages = [each for each in Pledge.objects.all() if standin.session(each.checkout_session)["status"] == "open"]
    assert open_pages == [last], "nobody can pay twice"


def test_who_comes_back_after_stripes_page_has_closed_gets_another(walker, standin):
    first = walker.gives()
    standin.expire(first.checkout_session)
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    walker.sends("check")
    again = Pledge.objects.get(checkout_url=walker.answer["Location"])
    assert again != first
    assert standin.session(again.checkout_session)["status"] == "open"
    walker.sends("check")
    assert walker.answer["Location"] == again.checkout_url, "and a double click is still one"


def test_a_match_that_comes_back_doubles_a_gift_that_waited(walker, match, standin):
    Match.objects.update(pence=1, available_pence=1)
    walker.walks_to("check")
    walker.sends("check", doubled="1")
    waiting = Pledge.objects.get(checkout_url=walker.answer["Location"])
    Match.objects.update(pence=3001, available_pence=3000)
    assert "adds £25 to your gift" in walker.opens("check")
    walker.sends("check", doubled="2500")
    assert walker.answer["Location"].startswith(standin.url)
    doubled = Pledge.objects.get(checkout_url=walker.answer["Location"])
    assert doubled != waiting
    assert doubled.matched.pence == 2500


# ---- whose answers they are


def test_an_address_that_is_passed_on_shows_nobodys_answers(walker):
    walker.walks_to("check")
    for name in ("check", "home", "details"):
        answer = Client().get(walker.address(name))
        assert answer["Location"] == reverse("donations:give", args=["nurse"])
        assert "Ada" not in answer.content.decode()


def test_nobody_fills_in_a_form_whose_address_somebody_else_made_up(client, nurse_appeal):
    made_up = uuid4()
    answer = client.post(reverse("donations:question", args=["nurse", made_up, "details"]), ANSWERS["details"])
    assert answer.status_code == 302
    assert str(made_up) not in answer["Location"]
    assert not Draft.objects.filter(token=made_up).exists()


def test_what_is_kept_of_a_draft_is_never_more_than_its_fields_hold(client, nurse_appeal, standin):
    typed = {**ANSWERS["amount"], **ANSWERS["details"], "gift_aid": "no", "address": "x" * 500_000, "town": "a\0b"}
    answer = client.post(
        reverse("donations:give_at_once", args=["nurse"]), {**typed, "email_news": "\0", "doubled": "\0" * 99}
    )
    assert answer.status_code in (302, 422)
    kept = [text for draft in Draft.objects.all() for page in draft.answers.values() for text in page.values()]
    assert max(map(len, kept), default=0) <= 254


def test_what_somebody_typed_is_kept_by_no_cache(walker):
    walker.sends("amount", choice="")
    assert "no-store" in walker.answer["Cache-Control"]


def test_two_windows_with_other_answers_at_the_same_moment_leave_one_page_to_pay_on(walker, standin, monkeypatch):
    walker.walks_to("check")
    other = Client()
    other.cookies.update(walker.client.cookies)
    made = pledging.make_pledge

    def while_the_other_is_quicker(**asked):
        monkeypatch.setattr(pledging, "make_pledge", made)
        other.post(walker.address("amount"), {"every": "once", "choice": "5000"})
        other.post(walker.address("check"), {})
        return made(**asked)

    monkeypatch.setattr(pledging, "make_pledge", while_the_other_is_quicker)
    walker.sends("check")
    assert walker.answer["Location"] == walker.address("check")
    pages = list(Pledge.objects.exclude(checkout_session=""))
    assert [standin.session(each.checkout_session)["status"] for each in pages] == ["open"]
