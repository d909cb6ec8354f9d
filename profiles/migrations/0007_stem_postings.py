"""Posting lists of stems: empty until a task makes them, where a market is large enough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0006_territory_changes")]

    operations = [
        migrations.CreateModel(
            name="StemPostings",
            fields=[
                ("stem", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("packed", models.BinaryField()),
                ("seen", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
    ]
