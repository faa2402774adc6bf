"""The back office of giving, inside Wagtail's admin: who looks, and at what.

read_only        money is looked at, never edited: the permission policy, lists and pages that all others stand on
screens          a page of our own with a permission of its own, which says no in words
gifts  events    gifts, donors; Stripe's messages and “try again”
funds            funds with their numbers, the statement of a fund, the books
appeals          the facts of an appeal, and its suggested amounts with Finance's approval
recording        a cheque, cash or transfer, recorded by hand
importing        past gifts from a spreadsheet: read, check, confirm
exporting        gifts taken away: for a purpose, logged, harmless in a spreadsheet
panels           what the dashboard says of giving
"""
