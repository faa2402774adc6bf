"""What a donor is asked on their own page, a subject a file. What is typed wrongly meets a sentence beside the field.

signing_in    to which address the key is sent
regular       regular gifts: the amount, the day, how long, why
details       name, telephone and address; another email address
contact       may we write, channel by channel
declarations  Gift Aid, as it is declared without a gift
lines         what is typed stands on one line
"""
