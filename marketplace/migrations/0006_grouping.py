import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0005_results_and_invitations"),
        ("marketplace", "0005_feedback_and_alerts"),
        ("profiles", "0011_solution_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="Name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Rang")),
                (
                    "field",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="group",
                        to="challenges.fieldofaction",
                        verbose_name="Handlungsfeld",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="need_groups",
                        to="challenges.needssurvey",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="profiles.topic",
                        verbose_name="Thema",
                    ),
                ),
            ],
            options={
                "verbose_name": "Gruppe von Bedarfen",
                "verbose_name_plural": "Gruppen von Bedarfen",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="gewünscht am")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fertig am")),
                ("is_failed", models.BooleanField(default=False, verbose_name="fehlgeschlagen")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="challenges.question",
                    ),
                ),
                (
                    "survey",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal",
                        to="challenges.needssurvey",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorschlag von Gruppen",
                "verbose_name_plural": "Vorschläge von Gruppen",
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "closeness",
                    models.FloatField(default=0.0, verbose_name="Nähe zur Mitte der Gruppe"),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statement",
                        to="challenges.answer",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements",
                        to="marketplace.needgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "Aussage",
                "verbose_name_plural": "Aussagen",
            },
        ),
    ]
