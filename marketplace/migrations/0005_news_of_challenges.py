"""Providers hear of challenges in their field; what was known from the start is said to be."""

import django.db.models.deletion
from django.db import migrations, models

# Until now the two times said it, also of what was mailed at once: both are off the overview.
KNOWN = "UPDATE marketplace_news SET is_known = true WHERE settled_at = found_at"


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0005_judging_stays"),
        ("marketplace", "0004_said_and_about"),
    ]

    operations = [
        migrations.AddField(
            model_name="news",
            name="challenge",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="challenges.challenge",
            ),
        ),
        migrations.RemoveConstraint(model_name="news", name="news_once"),
        migrations.RemoveConstraint(model_name="news", name="news_solution_or_need"),
        migrations.AddConstraint(
            model_name="news",
            constraint=models.UniqueConstraint(
                fields=["watch", "solution", "need", "challenge"],
                name="news_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="news",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(solution__isnull=False, need=None, challenge=None),
                    models.Q(solution=None, need__isnull=False, challenge=None),
                    models.Q(solution=None, need=None, challenge__isnull=False),
                    _connector="OR",
                ),
                name="news_about_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="news",
            name="is_known",
            field=models.BooleanField(default=False, verbose_name="keine Nachricht wert"),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
