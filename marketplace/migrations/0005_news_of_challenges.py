"""Providers hear of challenges in their field."""

import django.db.models.deletion
from django.db import migrations, models


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
    ]
