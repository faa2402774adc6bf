import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from almoner.kit.together import Together


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("donations", "0002_imports_exports_and_staff_rights"),
        ("ledger", "0012_a_year_is_found_by_account"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="BalanceLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.CharField(max_length=100, unique=True, verbose_name="Stripe’s number")),
                        (
                            "category",
                            models.CharField(
                                help_text="Stripe’s reporting category: charge, refund, dispute …", max_length=60
                            ),
                        ),
                        ("pence", models.BigIntegerField()),
                        ("fee_pence", models.BigIntegerField()),
                        ("net_pence", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("source", models.CharField(blank=True, max_length=100)),
                        ("created", models.DateTimeField()),
                        ("ours", models.BooleanField(help_text="Unknown until its source was looked for.", null=True)),
                        (
                            "payout",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="donations.payout",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created", "-pk"],
                        "default_permissions": ("view",),
                        "indexes": [
                            models.Index(fields=["source"], name="balance_line_source"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "net_pence",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("pence"), "-", models.F("fee_pence")
                                        ),
                                    )
                                ),
                                name="balance_line_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("dispute", models.CharField(max_length=100, unique=True, verbose_name="Stripe’s number")),
                        ("status", models.CharField(max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=60)),
                        ("pence", models.PositiveBigIntegerField()),
                        (
                            "evidence_due",
                            models.DateTimeField(blank=True, help_text="Until then evidence can be sent.", null=True),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "checked_at",
                            models.DateTimeField(
                                help_text="When Stripe was last asked. An older answer changes nothing."
                            ),
                        ),
                        (
                            "donation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="donations.donation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at", "-pk"],
                        "default_permissions": ("view",),
                    },
                ),
                migrations.CreateModel(
                    name="DisputeMovement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "line",
                            models.CharField(
                                max_length=100, unique=True, verbose_name="Stripe’s number of the balance line"
                            ),
                        ),
                        (
                            "pence",
                            models.BigIntegerField(
                                help_text="What came back; below nil, what was taken. Without the fee."
                            ),
                        ),
                        ("fee_pence", models.BigIntegerField(default=0)),
                        ("moved_at", models.DateTimeField()),
                        (
                            "dispute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="movements",
                                to="donations.dispute",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispute_movement",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["moved_at", "pk"],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pence", 0), _negated=True), name="dispute_movement_is_not_nothing"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "payment_intent",
                            models.CharField(max_length=100, unique=True, verbose_name="Stripe’s number"),
                        ),
                        (
                            "ours",
                            models.BooleanField(
                                default=True, help_text="Whether it began here: through a pledge or a regular gift."
                            ),
                        ),
                        (
                            "invoice",
                            models.CharField(
                                blank=True, help_text="Stripe’s number of the renewal it pays.", max_length=100
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("created", "begun"),
                                    ("requires_action", "waiting for the donor’s bank"),
                                    ("processing", "on its way"),
                                    ("failed", "failed"),
                                    ("cancelled", "cancelled"),
                                    ("succeeded", "received"),
                                ],
                                default="created",
                                max_length=16,
                            ),
                        ),
                        ("pence", models.PositiveBigIntegerField()),
                        ("currency", models.CharField(default="gbp", max_length=3)),
                        (
                            "method",
                            models.CharField(
                                blank=True, help_text="Stripe’s word: card, bacs_debit, link …", max_length=30
                            ),
                        ),
                        ("charge", models.CharField(blank=True, max_length=100)),
                        (
                            "fee_pence",
                            models.PositiveBigIntegerField(
                                blank=True, help_text="Nothing until Stripe knows it.", null=True
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("succeeded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "failed_at",
                            models.DateTimeField(
                                blank=True, help_text="When Stripe last told of a failure.", null=True
                            ),
                        ),
                        (
                            "pledge",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="donations.pledge",
                            ),
                        ),
                        (
                            "regular_gift",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="donations.regulargift",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "default_permissions": ("view",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("charge", ""), _negated=True),
                                fields=["charge"],
                                name="payment_charge",
                            ),
                            models.Index(
                                condition=models.Q(("invoice", ""), _negated=True),
                                fields=["invoice"],
                                name="payment_invoice",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("payment_intent", ""), _negated=True), name="payment_has_its_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "succeeded"), _negated=True),
                                    ("succeeded_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="payment_says_when_it_succeeded",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("payout", models.CharField(max_length=100, unique=True, verbose_name="Stripe’s number")),
                        (
                            "pence",
                            models.BigIntegerField(help_text="Below nil where Stripe takes money from the bank."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "being prepared"),
                                    ("in_transit", "on its way"),
                                    ("paid", "in the bank"),
                                    ("failed", "sent back by the bank"),
                                    ("canceled", "cancelled"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "automatic",
                            models.BooleanField(help_text="Only then does Stripe say which lines it is made of."),
                        ),
                        ("arrives_on", models.DateField()),
                        (
                            "trace",
                            models.CharField(
                                blank=True, help_text="The bank’s reference, to find the bank line.", max_length=100
                            ),
                        ),
                        ("failure", models.CharField(blank=True, max_length=100)),
                        ("created", models.DateTimeField()),
                        (
                            "checked_at",
                            models.DateTimeField(
                                help_text="When Stripe was last asked. An older answer changes nothing."
                            ),
                        ),
                        ("explained_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "unexplained_pence",
                            models.BigIntegerField(blank=True, help_text="What its lines do not add up to.", null=True),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payout",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "turned",
                            models.OneToOneField(
                                blank=True,
                                help_text="The reversal, where the payout failed.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="failed_payout",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created", "-pk"],
                        "default_permissions": ("view",),
                    },
                ),
                migrations.CreateModel(
                    name="Reconciliation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begun_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField()),
                        ("strict", models.BooleanField(default=False, help_text="A strict run repairs nothing.")),
                        (
                            "looked_at",
                            models.JSONField(
                                default=dict, help_text="How many events, lines and payouts were compared."
                            ),
                        ),
                        ("sums", models.JSONField(default=list, help_text="The three pairs of sums, in pence.")),
                        (
                            "findings",
                            models.JSONField(
                                default=list, help_text="What was off: what, which, pence, sentence, repaired."
                            ),
                        ),
                        ("differences", models.PositiveIntegerField(default=0, help_text="Findings that stand.")),
                        ("repaired", models.PositiveIntegerField(default=0)),
                        ("mailed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "permissions": [("reconcile", "Can compare the books with Stripe now")],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("finished_at__gte", models.F("begun_at"))),
                                name="reconciliation_finishes_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refund",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                help_text="The key under which Stripe is asked.", max_length=20, unique=True
                            ),
                        ),
                        (
                            "refund",
                            models.CharField(
                                blank=True, max_length=100, null=True, unique=True, verbose_name="Stripe’s number"
                            ),
                        ),
                        ("pence", models.PositiveBigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waiting for a second person"),
                                    ("refused", "not approved"),
                                    ("approved", "to be sent"),
                                    ("pending", "on its way"),
                                    ("succeeded", "refunded"),
                                    ("failed", "failed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "needs_two",
                            models.BooleanField(
                                default=False, help_text="Above the limit: somebody else must approve it."
                            ),
                        ),
                        ("because", models.CharField(blank=True, max_length=300)),
                        (
                            "failure",
                            models.CharField(blank=True, help_text="Stripe’s word for why it failed.", max_length=100),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Nobody where it was made in Stripe’s dashboard.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "donation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refunds",
                                to="donations.donation",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refund",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "turned",
                            models.OneToOneField(
                                blank=True,
                                help_text="The reversal, where the refund failed.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="failed_refund",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "permissions": [
                            ("ask_refund", "Can ask for a refund"),
                            ("approve_refund", "Can approve a refund that somebody else asked for"),
                        ],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pence__gt", 0)), name="refund_is_more_than_nothing"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    ("asked_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="refund_is_decided_by_a_second_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("needs_two", False),
                                    ("state__in", ["asked", "refused"]),
                                    ("decided_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="large_refund_is_approved_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["pending", "succeeded"]), _negated=True),
                                    models.Q(("entry__isnull", False), ("refund__isnull", False)),
                                    _connector="OR",
                                ),
                                name="refund_made_is_in_the_books",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegularGift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20, unique=True)),
                        ("subscription", models.CharField(max_length=100, unique=True, verbose_name="Stripe’s number")),
                        (
                            "item",
                            models.CharField(
                                blank=True,
                                help_text="Stripe’s number of what is paid for, to change it.",
                                max_length=100,
                            ),
                        ),
                        ("customer", models.CharField(blank=True, max_length=100)),
                        ("pence", models.PositiveBigIntegerField()),
                        ("every", models.CharField(choices=[("month", "monthly"), ("year", "yearly")], max_length=5)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("starting", "starting"),
                                    ("active", "active"),
                                    ("failing", "a payment failed"),
                                    ("paused", "paused"),
                                    ("ended", "ended"),
                                ],
                                default="starting",
                                max_length=10,
                            ),
                        ),
                        ("method", models.CharField(blank=True, max_length=30)),
                        ("began_on", models.DateField()),
                        ("next_on", models.DateField(blank=True, help_text="When the next payment is due.", null=True)),
                        (
                            "failures",
                            models.PositiveIntegerField(
                                default=0, help_text="How often the payment now due has failed."
                            ),
                        ),
                        ("next_try_at", models.DateTimeField(blank=True, null=True)),
                        ("paused_until", models.DateField(blank=True, null=True)),
                        (
                            "card_expires_on",
                            models.DateField(blank=True, help_text="The last day of the card’s last month.", null=True),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.CharField(
                                blank=True,
                                choices=[("donor", "the donor"), ("staff", "the charity"), ("stripe", "Stripe")],
                                max_length=6,
                            ),
                        ),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "checked_at",
                            models.DateTimeField(
                                help_text="When Stripe was last asked. An older answer changes nothing."
                            ),
                        ),
                        (
                            "appeal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="regular_gifts",
                                to="donations.appeal",
                            ),
                        ),
                        (
                            "donor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="regular_gifts",
                                to="donations.donor",
                            ),
                        ),
                        (
                            "fund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.fund"
                            ),
                        ),
                        (
                            "pledge",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="regular_gift",
                                to="donations.pledge",
                            ),
                        ),
                        (
                            "purpose",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.purpose"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-began_on", "-pk"],
                        "permissions": [
                            ("change_regulargift_for_donor", "Can change, pause or end a regular gift for its donor")
                        ],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pence__gt", 0)), name="regular_gift_is_more_than_nothing"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state", "ended"),
                                        models.Q(("ended_by", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "ended"), _negated=True),
                                        ("ended_at__isnull", True),
                                        ("ended_by", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_regular_gift_says_when_and_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paused"), _negated=True),
                                    ("paused_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="paused_regular_gift_says_until_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegularGiftChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("amount", "amount changed"),
                                    ("date", "day changed"),
                                    ("card", "card or account changed"),
                                    ("pause", "paused"),
                                    ("skip", "one payment skipped"),
                                    ("resume", "resumed"),
                                    ("cancel", "ended"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "wanted",
                            models.JSONField(
                                default=dict,
                                help_text="Pence, a day, a number of months; a reason where one was given.",
                            ),
                        ),
                        ("before", models.CharField(blank=True, max_length=100)),
                        ("after", models.CharField(blank=True, max_length=100)),
                        ("because", models.CharField(blank=True, max_length=300)),
                        (
                            "asked_by",
                            models.CharField(
                                choices=[("donor", "the donor"), ("staff", "the charity"), ("stripe", "Stripe")],
                                max_length=6,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "regular_gift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="donations.regulargift",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("asked_by", "staff"), _negated=True),
                                    ("by__isnull", False),
                                    _connector="OR",
                                ),
                                name="change_by_staff_names_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at__isnull", True), ("done_at__gte", models.F("asked_at")), _connector="OR"
                                ),
                                name="change_is_done_after_it_is_asked",
                            ),
                        ],
                    },
                ),
                migrations.AlterModelOptions(
                    name="letter",
                    options={"default_permissions": ("view",)},
                ),
                migrations.RemoveConstraint(
                    model_name="letter",
                    name="letter_is_written_once",
                ),
                migrations.AddField(
                    model_name="letter",
                    name="about",
                    field=models.CharField(max_length=140, null=True, unique=True),
                ),
                migrations.AddField(
                    model_name="letter",
                    name="facts",
                    field=models.JSONField(
                        default=dict, help_text="What the letter says and no row remembers: a sum, a day."
                    ),
                ),
                migrations.AddField(
                    model_name="pledge",
                    name="every",
                    field=models.CharField(
                        choices=[("once", "once"), ("month", "every month"), ("year", "every year")],
                        default="once",
                        max_length=5,
                    ),
                ),
                migrations.AddField(
                    model_name="stripeevent",
                    name="claimed_at",
                    field=models.DateTimeField(blank=True, help_text="When a worker began to obey it.", null=True),
                ),
                migrations.AddField(
                    model_name="stripeevent",
                    name="flagged",
                    field=models.BooleanField(
                        default=False,
                        help_text="Kept for somebody to look at: of a kind or about a thing we do not know.",
                    ),
                ),
                migrations.AddField(
                    model_name="stripeevent",
                    name="object_id",
                    field=models.CharField(
                        blank=True, help_text="What it is about: asked of Stripe again.", max_length=100
                    ),
                ),
                migrations.AddField(
                    model_name="stripeevent",
                    name="object_type",
                    field=models.CharField(blank=True, max_length=60),
                ),
                migrations.AddField(
                    model_name="stripeevent",
                    name="thin",
                    field=models.BooleanField(default=False, help_text="It came without its object."),
                ),
                migrations.AlterField(
                    model_name="letter",
                    name="donation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="donations.donation",
                    ),
                ),
                migrations.AlterField(
                    model_name="letter",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("receipt", "Receipt"),
                            ("pending", "Your gift is on its way"),
                            ("failed", "A payment did not go through"),
                            ("card_expiring", "Your card is about to expire"),
                            ("mandate_ended", "Your Direct Debit has stopped"),
                            ("changed", "Your regular gift has changed"),
                            ("paused", "Your regular gift is paused"),
                            ("ended", "Your regular gift has ended"),
                            ("refunded", "Your gift was refunded"),
                        ],
                        max_length=20,
                    ),
                ),
                migrations.AddField(
                    model_name="donation",
                    name="payment",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="donation",
                        to="donations.payment",
                    ),
                ),
                migrations.AddField(
                    model_name="letter",
                    name="payment",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="donations.payment",
                    ),
                ),
                migrations.AddField(
                    model_name="donation",
                    name="regular_gift",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="donations",
                        to="donations.regulargift",
                    ),
                ),
                migrations.AddField(
                    model_name="letter",
                    name="regular_gift",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="donations.regulargift",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("donation__isnull", False),
                            ("payment__isnull", False),
                            ("regular_gift__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_is_about_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "receipt")), fields=("donation",), name="receipt_is_written_once"
                    ),
                ),
            ]
        ),
    ]
