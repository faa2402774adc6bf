"""The user: staff, trustees, and the named systems (Stripe, the importer) that post to the ledger."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing] # Wagtail's pictures point here, untyped
    """Somebody, or a system of ours, who acts; every action names one. Never deleted once they have acted."""

    is_system = models.BooleanField(
        _("a system, not a person"), default=False, help_text=_("Cannot sign in: it only signs what it does.")
    )

    def __str__(self) -> str:
        return self.get_full_name() or self.username


def system_user(name: str) -> User:
    """The named system user (`stripe`, `importer`), made the first time it is asked for. It has no password."""
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        made, new = User.objects.get_or_create(username=name, defaults={"is_system": True, "first_name": name.title()})
        if new:
            made.set_unusable_password()
            made.save(update_fields=["password"])
        return made


def person(request: HttpRequest) -> User:
    """Whoever is signed in, on a page that nobody else reaches."""
    assert isinstance(request.user, User)
    return request.user
