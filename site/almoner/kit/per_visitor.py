"""What of a page is each visitor's own, so that the rest of it can be remembered and shown to many."""

import uuid

# Printed into a page where a form has a token of its own: whoever answers the page puts a fresh one in its place, and
# whoever reads the form takes this one for none. It is as long as what takes its place.
FORM_TOKEN = uuid.UUID("0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f")
