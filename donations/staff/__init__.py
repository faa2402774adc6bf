"""The back office of giving, inside Wagtail's admin: who looks, and at what.

read_only        money is looked at, never edited: the permission policy, lists and pages that all others stand on
screens          a page of our own with a permission of its own, which says no in words
gifts  events    gifts, donors; Stripe's messages and “try again”
regular_gifts    regular gifts; changing holds what the office changes about one
payments         payments, one for each PaymentIntent; at_once tries now what would wait for a job
refunds          asked for by one, above the limit approved by another; disputes beside them
payouts          each explained line by line, gift by gift, by fund and fee
comparisons      the books beside Stripe's: three pairs of sums, and what was off
funds            funds with their numbers, the statement of a fund, the books
appeals          the facts of an appeal, and its suggested amounts with Finance's approval
recording        a cheque, cash or transfer, recorded by hand
importing        past gifts from a spreadsheet: read, check, confirm
letters          what was sent to whom, shown again; resending sends a receipt once more
letter_words     what each kind of letter says, written by staff; examples are what it is tried on
yearly           the statements of a tax year
exporting        gifts taken away: for a purpose, logged, harmless in a spreadsheet
data_requests    what donors ask about their data, and the answer
panels           what the dashboard says of giving
"""
