import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0006_deployment_confirmation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=150, verbose_name="Betreff")),
                ("created_at", models.DateTimeField(verbose_name="begonnen am")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="beendet am"),
                ),
                (
                    "answering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answered_threads",
                        to="profiles.organisation",
                        verbose_name="antwortet",
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked_threads",
                        to="profiles.organisation",
                        verbose_name="fragt",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="profiles.organisation",
                        verbose_name="beendet von",
                    ),
                ),
                (
                    "deployment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="threads",
                        to="profiles.deployment",
                        verbose_name="Einsatz",
                    ),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="threads",
                        to="profiles.solution",
                        verbose_name="Lösung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Gespräch",
                "verbose_name_plural": "Gespräche",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="profiles.thread",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="Nachricht")),
                ("at", models.DateTimeField(verbose_name="am")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="von",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="profiles.organisation",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="profiles.thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "Nachricht",
                "verbose_name_plural": "Nachrichten",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MessageReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="gemeldet am")),
                ("reason", models.TextField(max_length=2000, verbose_name="Grund")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="erledigt am"),
                ),
                (
                    "is_upheld",
                    models.BooleanField(
                        default=False,
                        help_text="Das Gespräch zählt dann nicht mehr für die Antwortzeit.",
                        verbose_name="unerwünscht",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemeldet von",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="profiles.message",
                        verbose_name="Nachricht",
                    ),
                ),
            ],
            options={
                "verbose_name": "gemeldete Nachricht",
                "verbose_name_plural": "gemeldete Nachrichten",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "by"),
                        name="message_report_once",
                        violation_error_message="Sie haben diese Nachricht schon gemeldet.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["answering", "created_at"], name="thread_answering"),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("asking", models.F("answering")), _negated=True),
                name="thread_between_two",
                violation_error_message="Sie können nicht Ihrer eigenen Organisation schreiben.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("thread", "user"), name="reading_once"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["author", "at"], name="message_author"),
        ),
    ]
