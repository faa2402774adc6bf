"""The donor's own page, /giving/: what somebody has given, and what they want to change about it.

doors         who is signed in; every other page stands behind it, and begins from the donor it names
signing_in    a key asked for, a key used, the way out
gifts         what was given, and what its funds have since paid for
regular       regular gifts: the amount, the day, the card; paused, skipped, resumed, ended
declarations  Gift Aid, as it was declared
contact       may we write, and where to; name, address and telephone
data          all that is held, to take away; and the wish that it be deleted
"""
