"""The log of a seal only grows, like that of the challenge."""

from django.db import migrations

CREATE = """
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON challenges_sealentry
    FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
"""
DROP = "DROP TRIGGER only_grows ON challenges_sealentry;"


class Migration(migrations.Migration):
    dependencies = [("challenges", "0003_said_once")]

    operations = [migrations.RunSQL(CREATE, DROP)]
