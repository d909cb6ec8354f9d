"""The log of a challenge only grows: the database itself refuses to change or remove an entry."""

from django.db import migrations

CREATE = """
CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: nothing in it is changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON challenges_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
"""
DROP = """
DROP TRIGGER only_grows ON challenges_logentry;
DROP FUNCTION only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("challenges", "0001_tables")]

    operations = [migrations.RunSQL(CREATE, DROP)]
