"""A gift walks: form, pledge, checkout, webhook, ledger, receipt, totals, page.

forms.GiveForm                    what the donor typed
actions.pledging.make_pledge      a Pledge, committed before Stripe is asked
gateway.open_checkout             Stripe's hosted page, keyed by the pledge's reference
webhooks.stripe_webhook           a StripeEvent, verified, stored once
actions.obeying, following        the worker asks Stripe how the payment stands now
actions.collecting.note_payment   a Donation and, through ledger.posting, an Entry: one transaction
letters.send_receipt              mail, once, after the commit
totals                            asked of the ledger's positions, never summed here
"""
