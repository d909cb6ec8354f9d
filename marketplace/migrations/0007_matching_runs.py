"""Number the runs of the matching, so that an earlier one never overwrites a later one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0006_weights_not_all_zero")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE marketplace_matching_runs", "DROP SEQUENCE marketplace_matching_runs"
        ),
        migrations.AddField(
            model_name="matching",
            name="run",
            field=models.BigIntegerField(db_default=0, editable=False),
        ),
    ]
