"""A donor: a person who has given. Pledges and donations keep the name as it was given at the time."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Donor(models.Model):
    """Somebody who has given, known by an email address where there is one."""

    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    address = models.CharField(_("house and street"), max_length=200, blank=True)
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        permissions = [("correct_donor", "Can correct a donor’s name, email, telephone and address")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="donor_email_once", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return self.name
