"""What a donor asked for beside the gift: each in a row of its own, as it was said, once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from donations import reading
from donations.actions import declaring
from donations.exceptions import DeclarationIsCancelled
from donations.models import ContactPermission, Declaration, Donation, Donor, Draft, Pledge, RegularGift, Tribute
from donations.models.declaration import Channel, Scope
from donations.models.wording import digest
from tests.donations.journey.walker import ANSWERS, read
from tests.factories import payments
from tests.walks.postman import carry_the_post, work_through_the_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def arrives(walker, standin, pledge: Pledge, card: str = "succeeds") -> Donation:
    """The donor pays, and we hear of it."""
    standin.pay(pledge.checkout_session, card=card)
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    return Donation.objects.latest("pk")


def test_a_declaration_is_kept_as_declared_and_becomes_the_donors_when_the_gift_arrives(walker, standin):
    pledge = walker.gives()
    declared = Declaration.objects.get()
    assert (declared.pledge, declared.donor, declared.channel) == (pledge, None, Channel.ONLINE)
    assert (declared.name, declared.lines) == ("Ada Mary Periwinkle", ["1 Quay Street", "Harbourton", "NE1 4LP"])
    assert declared.shown == digest(reading.declaration().shown(Scope.FUTURE.gifts))
    donation = arrives(walker, standin, pledge)
    declared.refresh_from_db()
    assert declared.donor == donation.donor
    assert donation.declaration == declared
    thanks = walker.client.get(
        reverse("donations:thanks", args=[pledge.reference]), {"session": pledge.checkout_session}
    )
    assert "£31.25" in thanks.content.decode()


def test_the_page_before_paying_shows_the_very_words_that_are_declared(walker):
    walker.walks_to("check")
    page = walker.opens("check")
    assert reading.declaration().shown(Scope.FUTURE.gifts) in page
    assert "any donations I make in the future" in page


@pytest.mark.parametrize("home", ["islands", "abroad"])
def test_donors_outside_the_uk_declare_without_a_postcode(walker, standin, home):
    walker.gives(home={"home": home, "address": "2 Quay, St Helier", "postcode": "JE2 3AB"})
    declared = Declaration.objects.get()
    assert (declared.home, declared.postcode) == (home, "")


@pytest.mark.parametrize(
    ("column", "other"),
    [("last_name", "Whelk"), ("postcode", "NE1 1AA"), ("scope", "past"), ("declared_on", timezone.localdate())],
)
def test_no_word_of_a_declaration_can_be_edited(walker, standin, column, other):
    walker.gives()
    if column == "declared_on":
        other = other - timedelta(days=1)
    with pytest.raises(DatabaseError, match="A declaration stands as it was declared"), transaction.atomic():
        Declaration.objects.update(**{column: other})


def test_renewals_fall_under_the_declaration_until_it_is_cancelled(walker, standin):
    pledge = walker.gives(amount={"every": "month", "choice": "2500"})
    first = arrives(walker, standin, pledge)
    regular = RegularGift.objects.get()
    standin.renew(regular.subscription)
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    second = Donation.objects.latest("pk")
    assert second != first
    assert first.declaration == second.declaration == Declaration.objects.get()
    declaring.cancel(declaration=second.declaration)
    standin.renew(regular.subscription)
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    assert Donation.objects.latest("pk").declaration is None


def test_a_declaration_for_this_gift_only_leaves_the_renewals_out(walker, standin):
    pledge = walker.gives(amount={"every": "month", "choice": "2500"}, home={"scope": "this"})
    assert arrives(walker, standin, pledge).declaration is not None
    standin.renew(RegularGift.objects.get().subscription)
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    assert Donation.objects.latest("pk").declaration is None


def test_a_no_is_believed_although_an_earlier_declaration_would_cover_the_gift(walker, standin, nurse_appeal):
    arrives(walker, standin, walker.gives())
    typed = {**ANSWERS["amount"], **ANSWERS["details"], "gift_aid": "no"}
    answer = walker.client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    donation = arrives(walker, standin, Pledge.objects.get(checkout_url=answer["Location"]))
    assert donation.declaration is None


def test_scope_decides_which_days_are_covered(db):
    donor, today = Donor.objects.create(name="Ada"), timezone.localdate()
    made = {scope: payments.declaration(donor, scope) for scope in ("this", "future", "past")}
    later, lately, long_ago = today + timedelta(days=30), today - timedelta(days=900), today - timedelta(days=1500)
    covered = {scope: [each.covers(day) for day in (later, lately, long_ago)] for scope, each in made.items()}
    assert covered == {
        "this": [False, False, False],
        "future": [True, False, False],
        "past": [True, True, False],
    }
    declaring.cancel(declaration=made["past"])
    with pytest.raises(DeclarationIsCancelled):
        declaring.cancel(declaration=made["past"])


def test_a_spoken_declaration_cancelled_within_thirty_days_is_as_if_never_made(db):
    donor = Donor.objects.create(name="Ada")
    assert declaring.cancel(declaration=payments.spoken(donor)).void
    assert not declaring.cancel(declaration=payments.declaration(donor)).void


def test_only_what_was_ticked_is_permitted_and_a_tick_keeps_its_words(walker, standin):
    pledge = walker.gives(contact={"email_news": "on", "text_news": "on", "telephone": "01632 960 001"})
    said = {each.channel: each for each in ContactPermission.objects.all()}
    assert {channel: each.basis for channel, each in said.items()} == {"email": "consent", "text": "consent"}
    assert all(each.wording is not None and each.source == "donation form" for each in said.values())
    donor = arrives(walker, standin, pledge).donor
    assert set(donor.permissions.values_list("channel", flat=True)) == {"email", "text"}
    assert pledge.telephone == "01632 960 001"


def test_where_the_soft_opt_in_is_relied_on_the_box_refuses(walker, standin, settings):
    settings.SOFT_OPT_IN = ["email"]
    walker.walks_to("contact")
    assert "Do not write to me by email" in walker.opens("contact")
    walker.sends("contact", email_news="on")
    walker.sends("check")
    assert ContactPermission.objects.get().basis == "none"


def test_a_gift_in_memory_keeps_who_and_whom_to_tell(walker, standin):
    tribute = {"kind": "memory", "honoured": "Old Tom", "tell_name": "Bess Harbour", "tell_email": "bess@example.org"}
    pledge = walker.gives(tribute=tribute)
    kept = Tribute.objects.get()
    assert (kept.pledge, kept.honoured, kept.tell_email, kept.say_amount) == (
        pledge,
        "Old Tom",
        "bess@example.org",
        False,
    )
    assert not Donor.objects.filter(email="bess@example.org").exists(), "whom a donor names is never marketed to"


def test_the_card_fee_is_added_only_for_a_tick_and_to_the_penny(walker, standin, nurse_appeal):
    nurse_appeal.fee_cover = True
    nurse_appeal.save()
    walker.walks_to("check")
    assert "Add £0.59 to cover the card fee: £25.59 in all" in walker.opens("check")
    walker.sends("check", fee_cover="on")
    pledge = Pledge.objects.get(checkout_url=walker.answer["Location"])
    assert (pledge.pence, pledge.fee_cover_pence) == (2559, 59)
    donation = arrives(walker, standin, pledge)
    assert (donation.pence, donation.fee_cover_pence) == (2559, 59)


def test_without_the_tick_nothing_is_added(walker, standin, nurse_appeal):
    nurse_appeal.fee_cover = True
    nurse_appeal.save()
    assert walker.gives().pence == 2500


def test_an_appeal_says_which_ways_of_paying_it_takes(walker, standin, nurse_appeal):
    nurse_appeal.by_card = False
    nurse_appeal.save()
    pledge = walker.gives()
    assert standin.session(pledge.checkout_session)["payment_method_types"] == ["bacs_debit"]


def test_all_on_one_page_keeps_the_same(client, nurse_appeal, standin):
    typed = {**ANSWERS["amount"], **ANSWERS["details"], **ANSWERS["gift-aid"], **ANSWERS["home"], "email_news": "on"}
    typed |= read()
    answer = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert answer.status_code == 302
    pledge = Pledge.objects.get()
    assert pledge.declaration.name == "Ada Mary Periwinkle"
    assert pledge.permissions.get().channel == "email"


def test_all_on_one_page_asks_for_a_home_only_with_gift_aid(client, nurse_appeal, standin):
    address = reverse("donations:give_at_once", args=["nurse"])
    typed = {**ANSWERS["amount"], **ANSWERS["details"]}
    missing = client.post(address, {**typed, "gift_aid": "yes"})
    assert missing.status_code == 422
    assert {"home", "address", "scope"} <= set(missing.context["form"].errors)
    assert client.post(address, {**typed, "gift_aid": "no", "postcode": "nowhere"}).status_code == 302


def test_all_on_one_page_takes_the_name_of_a_declaration_from_the_full_name(client, nurse_appeal, standin):
    typed = {**ANSWERS["amount"], **ANSWERS["details"], **ANSWERS["gift-aid"], **ANSWERS["home"], **read()}
    typed |= {"name": "Wade Ebb Estuary", "first_name": "", "last_name": ""}
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), typed).status_code == 302
    pledge = Pledge.objects.get()
    assert (pledge.declaration.first_name, pledge.declaration.last_name) == ("Wade Ebb", "Estuary")
    assert Draft.objects.get().answers["home"]["last_name"] == "Estuary", "who comes back sees what was declared"


def test_whoever_has_one_name_is_asked_for_the_other(client, nurse_appeal, standin):
    typed = {**ANSWERS["amount"], **ANSWERS["details"], **ANSWERS["gift-aid"], **ANSWERS["home"], **read()}
    typed |= {"name": "Wade", "first_name": "", "last_name": ""}
    answer = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert answer.context["form"].errors == {"first_name": ["Enter your first name."]}


def test_an_appeal_without_gift_aid_puts_no_gift_under_an_earlier_declaration(walker, standin, nurse_appeal):
    arrives(walker, standin, walker.gives())
    nurse_appeal.gift_aid = False
    nurse_appeal.save()
    typed = {**ANSWERS["amount"], **ANSWERS["details"]}
    answer = walker.client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert arrives(walker, standin, Pledge.objects.get(checkout_url=answer["Location"])).declaration is None


def test_a_no_at_the_start_does_not_stand_against_what_is_declared_later(walker, standin):
    pledge = walker.gives(amount={"every": "month", "choice": "2500"}, gift_aid={"gift_aid": "no"})
    first = arrives(walker, standin, pledge)
    Pledge.objects.update(created_at=timezone.now() - timedelta(days=40))
    declared = payments.declaration(first.donor, "future")
    standin.renew(RegularGift.objects.get().subscription)
    carry_the_post(standin, walker.client)
    work_through_the_jobs()
    assert Donation.objects.latest("pk").declaration == declared
    first.refresh_from_db()
    assert first.declaration is None


def test_a_declaration_for_the_past_puts_earlier_gifts_under_it_but_for_those_with_a_no(walker, standin):
    said_no = arrives(walker, standin, walker.gives(gift_aid={"gift_aid": "no"}))
    declared = payments.declaration(said_no.donor)
    said_no.refresh_from_db()
    assert said_no.declaration is None
    Pledge.objects.update(gift_aid="")
    assert declaring.cover_earlier(declared) == 1


def test_what_a_form_says_of_telephone_and_home_is_known_of_the_donor_once_the_gift_has_arrived(walker, standin):
    contact = {"post_news": "on", "phone_news": "on", "telephone": "01632 960 001"}
    donor = arrives(walker, standin, walker.gives(contact=contact)).donor
    assert (donor.telephone, donor.address, donor.postcode) == ("01632 960 001", "1 Quay Street", "NE1 4LP")
