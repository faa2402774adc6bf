"""A donor: a person who has given. Pledges and donations keep the name as it was given at the time."""

from django.db import models
from django.db.models.functions import Lower


class Donor(models.Model):
    """Somebody who has given, known by an email address where there is one."""

    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="donor_email_once", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return self.name
