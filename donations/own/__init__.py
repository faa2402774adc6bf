"""The donor's own page, /giving/: what somebody has given, and what they want to change about it.

doors               who is signed in; every other page stands behind it, and begins from the donor it names
views.signing_in    a key asked for, a key used, the way out
views.gifts         what was given, and what its funds have paid for since
views.regular       regular gifts: the amount, the day, the card; paused, skipped, resumed, ended
views.papers        receipts and yearly statements
views.declarations  Gift Aid, as it was declared
views.contact       may we write
views.details       name, telephone and address; another email address, proved by a link
views.data          all that is held, to take away; and the wish that it be deleted
forms               what each of them asks
"""
