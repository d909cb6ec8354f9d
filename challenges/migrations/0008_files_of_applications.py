import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0007_judging_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FileSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Welche Datei")),
                ("is_required", models.BooleanField(default=True, verbose_name="muss dabei sein")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file_slots",
                        to="challenges.challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "verlangte Datei",
                "verbose_name_plural": "verlangte Dateien",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField(null=True)),
                ("sealed_key", models.BinaryField(null=True)),
                ("about", models.BinaryField(null=True)),
                ("key", models.BinaryField(null=True)),
                ("checksum", models.CharField(max_length=64, verbose_name="Prüfsumme (SHA-256)")),
                ("uploaded_at", models.DateTimeField(verbose_name="hochgeladen am")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
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
                        verbose_name="hochgeladen von",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="challenges.fileslot",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="challenges.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "Datei einer Bewerbung",
                "verbose_name_plural": "Dateien von Bewerbungen",
                "ordering": ["application", "slot", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="fileslot",
            constraint=models.UniqueConstraint(
                fields=("challenge", "name"), name="file_slot_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submission", None)),
                fields=("application", "slot"),
                name="sealed_file_once_per_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.UniqueConstraint(
                fields=("submission", "slot"), name="sealed_file_once_per_submission"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("submission", None), ("about", None), _connector="XOR"),
                name="sealed_file_about_only_in_drafts",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sealed", None), ("sealed_key", None)),
                    models.Q(("sealed__isnull", False), ("sealed_key__isnull", False)),
                    _connector="OR",
                ),
                name="sealed_file_has_its_key",
            ),
        ),
    ]
