"""Customers at Stripe: whoever gives regularly, and where Stripe's own letters to them go."""

from stripe.params import CustomerUpdateParams

from donations.gateway.asking import ask, client, keyed


def tell_address(*, customer: str, email: str, key: str) -> None:
    """From now on write to this donor at another email address.

    Raises PaymentsUnavailable, NotKnownToStripe, AttemptChanged, GatewayMisused.
    """
    params: CustomerUpdateParams = {"email": email}
    ask(lambda: client().v1.customers.update(customer, params, keyed(key)))
