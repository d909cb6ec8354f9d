import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0005_last_owner"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="E-Mail-Adresse"),
                ),
                ("asked_at", models.DateTimeField(verbose_name="gefragt am")),
                ("expires_at", models.DateTimeField(verbose_name="Link gültig bis")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="beantwortet am"),
                ),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ersetzt am"),
                ),
            ],
            options={
                "verbose_name": "Bitte um Bestätigung",
                "verbose_name_plural": "Bitten um Bestätigung",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DeploymentAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmed", "bestätigt"),
                            ("corrected", "berichtigt und bestätigt"),
                            ("declined", "abgelehnt"),
                            ("withdrawn", "Bestätigung zurückgenommen"),
                            ("accepted", "Absender geprüft und anerkannt"),
                            ("rejected", "Absender geprüft und nicht anerkannt"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="E-Mail-Adresse"),
                ),
                ("at", models.DateTimeField(verbose_name="am")),
                ("reason", models.TextField(blank=True, verbose_name="Grund")),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "Antwort zu einem Einsatz",
                "verbose_name_plural": "Antworten zu Einsätzen",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="deployment",
            name="contact_consent_at",
            field=models.DateTimeField(
                blank=True,
                null=True,
                verbose_name="Kolleg:innen dürfen die Kommune ansprechen, seit",
            ),
        ),
        migrations.AddField(
            model_name="deployment",
            name="contact_consent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Einwilligung von",
            ),
        ),
        migrations.AddField(
            model_name="deployment",
            name="decline_reason",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Grund der Ablehnung"),
        ),
        migrations.AddField(
            model_name="deployment",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="abgelehnt am"),
        ),
        migrations.AddField(
            model_name="deployment",
            name="mail_confirmed_at",
            field=models.DateTimeField(
                blank=True,
                null=True,
                verbose_name="per E-Mail bestätigt am, Organisation nicht geprüft",
            ),
        ),
        migrations.AddField(
            model_name="historicaldeployment",
            name="contact_consent_at",
            field=models.DateTimeField(
                blank=True,
                null=True,
                verbose_name="Kolleg:innen dürfen die Kommune ansprechen, seit",
            ),
        ),
        migrations.AddField(
            model_name="historicaldeployment",
            name="contact_consent_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Einwilligung von",
            ),
        ),
        migrations.AddField(
            model_name="historicaldeployment",
            name="decline_reason",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Grund der Ablehnung"),
        ),
        migrations.AddField(
            model_name="historicaldeployment",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="abgelehnt am"),
        ),
        migrations.AddField(
            model_name="historicaldeployment",
            name="mail_confirmed_at",
            field=models.DateTimeField(
                blank=True,
                null=True,
                verbose_name="per E-Mail bestätigt am, Organisation nicht geprüft",
            ),
        ),
        migrations.AlterField(
            model_name="deployment",
            name="result",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Ergebnis"),
        ),
        migrations.AlterField(
            model_name="historicaldeployment",
            name="result",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Ergebnis"),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declined_at", None),
                    models.Q(("decline_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="deployment_declined_with_a_reason",
                violation_error_message="Zu einer Ablehnung gehört ein Grund.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declined_at", None),
                    models.Q(("confirmed_at", None), ("mail_confirmed_at", None)),
                    _connector="OR",
                ),
                name="deployment_confirmed_or_declined",
                violation_error_message="Bestätigt und abgelehnt zugleich geht nicht.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contact_consent_at", None),
                    ("confirmed_at__isnull", False),
                    ("mail_confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name="deployment_consent_needs_confirmation",
                violation_error_message="Eine Einwilligung gibt es nur zu einer Bestätigung.",
            ),
        ),
        migrations.AddField(
            model_name="confirmationrequest",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gefragt von",
            ),
        ),
        migrations.AddField(
            model_name="confirmationrequest",
            name="deployment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="requests",
                to="profiles.deployment",
            ),
        ),
        migrations.AddField(
            model_name="deploymentanswer",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="von",
            ),
        ),
        migrations.AddField(
            model_name="deploymentanswer",
            name="deployment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="profiles.deployment",
            ),
        ),
        migrations.AddField(
            model_name="deploymentanswer",
            name="request",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="profiles.confirmationrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmationrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None), ("superseded_at", None)),
                fields=("deployment",),
                name="confirmation_request_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_at", None), ("superseded_at", None), _connector="OR"),
                name="confirmation_request_answered_or_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                name="confirmation_request_lasts",
            ),
        ),
    ]
