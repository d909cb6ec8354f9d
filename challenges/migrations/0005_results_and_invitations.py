import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0004_need_threads"),
        ("profiles", "0011_solution_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="fieldofaction",
            name="outcome",
            field=models.TextField(blank=True, verbose_name="Was daraus wurde"),
        ),
        migrations.AddField(
            model_name="fieldofaction",
            name="outcome_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="mitgeteilt am"),
        ),
        migrations.AddField(
            model_name="fieldofaction",
            name="told_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="alle benachrichtigt am"
            ),
        ),
        migrations.CreateModel(
            name="PublishedFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figures", models.JSONField(verbose_name="Zahlen")),
                ("computed_at", models.DateTimeField(verbose_name="berechnet am")),
                (
                    "survey",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published_figures",
                        to="challenges.needssurvey",
                        verbose_name="Abfrage",
                    ),
                ),
            ],
            options={
                "verbose_name": "veröffentlichte Zahlen",
                "verbose_name_plural": "veröffentlichte Zahlen",
            },
        ),
        migrations.CreateModel(
            name="ProviderInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.TextField(verbose_name="Nachricht")),
                ("invited_at", models.DateTimeField(verbose_name="eingeladen am")),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="geöffnet am"),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("interested", "interessiert"), ("declined", "abgesagt")],
                        max_length=10,
                        verbose_name="Antwort",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="Grund oder Nachricht")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="beantwortet am"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beantwortet von",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="challenges.fieldofaction",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eingeladen von",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_invitations",
                        to="profiles.provider",
                        verbose_name="Anbieter",
                    ),
                ),
            ],
            options={
                "verbose_name": "Einladung eines Anbieters",
                "verbose_name_plural": "Einladungen von Anbietern",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("field", "provider"),
                        name="provider_invited_once_to_a_field",
                        violation_error_message="Dieser Anbieter ist schon eingeladen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", ""), ("answered_at__isnull", False), _connector="XOR"
                        ),
                        name="provider_invitation_answer_has_date",
                        violation_error_message="Zu einer Antwort gehört das Datum.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="provider_invitation_declined_with_reason",
                        violation_error_message="Bitte nennen Sie den Grund.",
                    ),
                ],
            },
        ),
    ]
