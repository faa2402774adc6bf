"""A mail server that refuses every letter."""

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Refuses."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("the mail server is away")
