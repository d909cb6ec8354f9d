"""Questions that ended before they began could never be asked.

A draft names their end anew; what is published has them for a second.
"""

from datetime import timedelta

from django.db import migrations
from django.db.models import F


def end_later(apps, schema_editor):
    challenges = apps.get_model("challenges", "Challenge").objects
    never = challenges.filter(questions_until__lte=F("questions_from"))
    never.filter(published_at=None).update(questions_until=None)
    never.update(questions_until=F("questions_from") + timedelta(seconds=1))


class Migration(migrations.Migration):
    dependencies = [("challenges", "0005_judging_stays")]

    operations = [migrations.RunPython(end_later, migrations.RunPython.noop)]
