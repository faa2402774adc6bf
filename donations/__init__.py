"""A gift walks: form, pledge, checkout, webhook, ledger, receipt, totals, page.

journey, forms                    one question a page, or all at once; a Draft keeps what the donor typed
actions.pledging.make_pledge      a Pledge with its declaration, wishes and match, committed before Stripe is asked
gateway.open_checkout             Stripe's hosted page, keyed by the pledge's reference
webhooks.stripe_webhook           a StripeEvent, verified, stored once
actions.obeying, following        the worker asks Stripe how the payment stands now
actions.collecting.note_payment   a Donation and, through ledger.posting, an Entry: one transaction
letters.send_receipt              a Letter in the outbox, which actions.sending sends after the commit, once
own                               the donor's own page, where all of it is looked after
totals                            asked of the ledger's positions, never summed here
"""
