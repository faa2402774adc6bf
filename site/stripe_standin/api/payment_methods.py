"""PaymentMethods: cards and bank accounts, and whose they are."""

from stripe_standin import methods
from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, refused

RETURNED = {"AT861904300235473202", "IT60X0542811101000000123456"}  # test accounts whose debits come back


@call("POST", "/v1/payment_methods", "type card[token] metadata[*]", passes_over="billing_details sepa_debit")
def create(account: Account, params: Params) -> Row:
    """A card by the token of a test card. A bank account in euros, of an old caller's, becomes one in pounds here."""
    said = params.get("billing_details", {})
    if params.get("type") == "card":
        choice = methods.TOKENS.get(params.get("card", {}).get("token", ""))
        if choice is None:
            raise refused(
                "card[token]", "The stand-in takes Stripe's test tokens only, such as tok_visa.", "token_invalid"
            )
    elif "sepa_debit" in params:
        choice = "returned" if params["sepa_debit"].get("iban", "") in RETURNED else "prompt"
    else:
        raise refused(
            "type", "The stand-in makes cards here: accounts are named on its pages.", "standin_not_implemented"
        )
    method = methods.make(account, choice, said.get("name") or "", said.get("email"))
    return account.change(method, metadata=merged({}, params.get("metadata")))


@call("GET", "/v1/payment_methods/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One card or account."""
    return usable(account, id)


@call("GET", "/v1/payment_methods", "customer type", paged=True)
def every(account: Account, params: Params) -> Row:
    """A customer's cards and accounts, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("customer", "type") if name in params}
    return listed(account, "payment_method", params, "/v1/payment_methods", equal)


@call("POST", "/v1/payment_methods/{id}/attach", "customer")
def attach(account: Account, params: Params, id: str) -> Row:
    """Give a card or account to a customer."""
    needed(account, params["customer"], "customer", "customer", "customer")
    method = usable(account, id)
    if method["customer"] not in {None, params["customer"]}:
        message = "The payment method you provided has already been attached to a customer."
        raise ApiError(400, message, code="payment_method_unexpected_state")
    return methods.attach(account, method, params["customer"])


@call("POST", "/v1/payment_methods/{id}/detach")
def detach(account: Account, params: Params, id: str) -> Row:
    """Take it away again."""
    method = needed(account, id, "payment_method", "PaymentMethod", "payment_method")
    if method["customer"] is None:
        raise ApiError(
            400, "The payment method you provided is not attached to a customer so detachment is impossible."
        )
    return account.revise(method, "payment_method.detached", customer=None)


def usable(account: Account, identity: str, param: str = "payment_method") -> Row:
    """A card or account by its id; by the id of one of Stripe's test cards, a new one of its kind."""
    if identity in methods.TESTS_OWN:
        return methods.make(account, methods.TESTS_OWN[identity], "")
    return needed(account, identity, "payment_method", "PaymentMethod", param)
