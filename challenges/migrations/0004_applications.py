import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0003_said_once"),
        ("profiles", "0004_solution_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChallengeKey",
            fields=[
                (
                    "challenge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seal_key",
                        serialize=False,
                        to="challenges.challenge",
                    ),
                ),
                ("public_key", models.BinaryField()),
                ("made_at", models.DateTimeField(verbose_name="erzeugt am")),
                ("opening_at", models.DateTimeField(null=True, verbose_name="Öffnung begonnen am")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="geöffnet am")),
            ],
            options={
                "verbose_name": "Schlüssel einer Challenge",
                "verbose_name_plural": "Schlüssel von Challenges",
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="begonnen am")),
                ("draft", models.BinaryField(null=True)),
                (
                    "draft_at",
                    models.DateTimeField(null=True, verbose_name="Entwurf gespeichert am"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Fassung")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="challenges.challenge",
                    ),
                ),
                (
                    "draft_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="profiles.organisation",
                        verbose_name="Bewerberin",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bewerbung",
                "verbose_name_plural": "Bewerbungen",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FormQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="Frage")),
                (
                    "hint",
                    models.CharField(blank=True, max_length=300, verbose_name="Hinweis zur Frage"),
                ),
                (
                    "max_words",
                    models.PositiveSmallIntegerField(
                        default=300,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="Höchstens so viele Wörter",
                    ),
                ),
                (
                    "is_required",
                    models.BooleanField(default=True, verbose_name="muss beantwortet werden"),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="form_questions",
                        to="challenges.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "Frage an Bewerber:innen",
                "verbose_name_plural": "Fragen an Bewerber:innen",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="KeyHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_key", models.BinaryField()),
                ("locked_key", models.BinaryField()),
                ("created_at", models.DateTimeField(verbose_name="eingerichtet am")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_holders",
                        to="challenges.challenge",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Schlüsselinhaber:in",
                "verbose_name_plural": "Schlüsselinhaber:innen",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="KeyCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("turned", models.BinaryField(null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="challenges.challengekey",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="challenges.keyholder",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="challenges.keyholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "verschlüsselte Kopie",
                "verbose_name_plural": "verschlüsselte Kopien",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="gefragt am")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="bestätigt am")),
                ("declined_at", models.DateTimeField(null=True, verbose_name="abgelehnt am")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="challenges.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.organisation",
                        verbose_name="Partnerin",
                    ),
                ),
            ],
            options={
                "verbose_name": "Partner:in einer Bewerbung",
                "verbose_name_plural": "Partner:innen von Bewerbungen",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PricePosition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "label",
                    models.CharField(max_length=200, verbose_name="Position des Preisblatts"),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="price_positions",
                        to="challenges.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "Position des Preisblatts",
                "verbose_name_plural": "Positionen des Preisblatts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SealEntry",
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
                            ("holder_added", "Schlüssel eingerichtet"),
                            ("holder_removed", "Schlüssel entfernt"),
                            ("sealed", "Schlüssel der Challenge erzeugt"),
                            ("turned", "erste Passphrase eingegeben"),
                            ("opened", "Bewerbungen geöffnet"),
                            ("damaged", "lässt sich nicht öffnen"),
                        ],
                        max_length=20,
                        verbose_name="Schritt",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="am")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Anmerkung")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="durch",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal_log",
                        to="challenges.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "Schritt am Siegel",
                "verbose_name_plural": "Schritte am Siegel",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                ("sealed", models.BinaryField(null=True)),
                ("checksum", models.CharField(max_length=64, verbose_name="Prüfsumme (SHA-256)")),
                ("received_at", models.DateTimeField(verbose_name="eingegangen am")),
                (
                    "ended_at",
                    models.DateTimeField(null=True, verbose_name="ersetzt oder zurückgezogen am"),
                ),
                ("opened_at", models.DateTimeField(null=True, verbose_name="geöffnet am")),
                ("content", models.JSONField(null=True, verbose_name="Inhalt")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="challenges.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eingereicht durch",
                    ),
                ),
            ],
            options={
                "verbose_name": "Einreichung",
                "verbose_name_plural": "Einreichungen",
                "ordering": ["application", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=("challenge", "organisation"), name="application_once_per_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="keyholder",
            constraint=models.UniqueConstraint(
                fields=("challenge", "user"), name="key_holder_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="keycopy",
            constraint=models.UniqueConstraint(
                fields=("key", "first", "second"), name="key_copy_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="keycopy",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True),
                name="key_copy_takes_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                fields=("application", "organisation"), name="partner_once_per_application"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_at", None), ("declined_at", None), _connector="OR"),
                name="partner_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("application", "number"), name="submission_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("application",),
                name="submission_valid_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("sealed", None), _connector="XOR"),
                name="submission_ended_has_no_bytes",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content", None), ("opened_at__isnull", False), _connector="OR"
                ),
                name="submission_content_only_when_opened",
            ),
        ),
    ]
