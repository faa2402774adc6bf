"""Benchmarks: figures and ratios, never timed assertions. `python3 manage.py bench` runs them.

figure.py      one figure, its goal, and the line that is printed
running.py     the parts in turn; what is said before and after; whether any fell short
place.py       where a part measures: an embedded PostgreSQL that waits for the disk, with databases of its own
parts/         a file for each part, found by its name: to add a part, add a file with `measure(place)`
books.py       a ledger filled with any number of lines, through its laws
posting.py     clients that post, beside the same rows in plain SQL
plain/         what the product is measured beside: plain SQL, plain WSGI, plain Django
serving.py     a web server, eight connections, and the processor time that each request took
"""
