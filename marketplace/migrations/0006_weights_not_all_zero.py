"""Weights that count nothing would make every score 0: such sets go, and none comes again."""

from functools import reduce
from operator import add

from django.db import migrations, models
from django.db.models import F
from django.db.models.lookups import GreaterThan

PARTS = (
    "meaning",
    "words",
    "field",
    "topics",
    "phase",
    "evidence",
    "standards",
    "price",
    "freshness",
)
TOTAL = reduce(add, map(F, PARTS))


def forget_empty_sets(apps, schema_editor):
    apps.get_model("marketplace", "Weights").objects.alias(total=TOTAL).filter(total__lte=0).delete()


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0005_news_of_challenges")]

    operations = [
        migrations.RunPython(forget_empty_sets, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="weights",
            constraint=models.CheckConstraint(
                condition=GreaterThan(TOTAL, 0),
                name="weights_not_all_zero",
                violation_error_message="Mindestens ein Anteil muss größer als 0 sein.",
            ),
        ),
    ]
