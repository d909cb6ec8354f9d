"""How people say a topic, and what it is: the ranking learns from the one to the other."""

from django.db import migrations
from pgvector.django import HalfVectorField


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0003_met_phases_outdated")]

    operations = [
        migrations.AddField(
            model_name="topicvector",
            name="about",
            field=HalfVectorField(dimensions=384, null=True),
        ),
        migrations.AddField(
            model_name="topicvector",
            name="said",
            field=HalfVectorField(dimensions=384, null=True),
        ),
    ]
