"""The tests. Read walks/ first: a gift and a grant, as stories."""
