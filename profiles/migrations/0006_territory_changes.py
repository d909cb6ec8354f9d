"""The snapshot also answers for municipalities and their size classes: it hears of changes."""

from django.db import migrations

TABLES = ["profiles_municipality", "profiles_sizeclass"]
CREATE = """
CREATE TRIGGER note_all AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {}
FOR EACH STATEMENT EXECUTE FUNCTION note_that_all_may_have_changed()
"""
DROP = "DROP TRIGGER note_all ON {}"


class Migration(migrations.Migration):
    dependencies = [("profiles", "0005_met_phase_changes")]

    operations = [
        migrations.RunSQL(CREATE.format(table), DROP.format(table)) for table in TABLES
    ]
