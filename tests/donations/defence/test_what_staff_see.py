"""Staff see card testing as it happens: how many, stopped by what, and whether the alarm is on. Nobody is named."""

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.defence import note_decline, visitors
from donations.defence.door import Try, judge
from donations.models import Pledge

pytestmark = pytest.mark.django_db


def attack() -> None:
    """Twelve cards are declined, and three more tries asked to prove themselves."""
    for number in range(15):
        email = f"bot{number}@example.org"
        tried = Try(address=visitors.digest("address", f"198.51.100.{number}"), donor=visitors.donor(email))
        if judge(tried, at=timezone.now()).may_go_on:
            pledge = Pledge(email=email, checkout_session=f"cs_{number}")
            note_decline(pledge=pledge, attempt=str(number), card=f"card{number}", at=timezone.now())


@pytest.mark.parametrize("who", ["fundraiser", "finance_officer", "administrator"])
def test_the_dashboard_says_that_the_alarm_is_on(client, people, who):
    client.force_login(getattr(people, who))
    assert "The alarm is off" in client.get(reverse("wagtailadmin_home")).content.decode()
    attack()
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "The alarm is on:" in page
    assert reverse("card_testing:index") in page


def test_the_page_counts_each_layer_by_the_minute(client, people):
    attack()
    client.force_login(people.finance_officer)
    page = client.get(reverse("card_testing:index")).content.decode()
    assert "10 tries were let in and 10 cards were declined, 100%" in page
    assert "Challenged: many declines" in page
    assert '<td class="figure">5</td>' in page
    assert "example.org" not in page


def test_those_who_look_after_pages_do_not_see_it(client, people):
    client.force_login(people.editor)
    assert "Card testing" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("card_testing:index")).status_code == 403
