"""What was published stays as it is: addenda, and questions from the moment of their answer on."""

from django.db import migrations

CREATE = """
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON challenges_addendum
    FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE FUNCTION published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was published in % stays as it is', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON challenges_providerquestion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION published_stays();
"""
DROP = """
DROP TRIGGER published_stays ON challenges_providerquestion;
DROP FUNCTION published_stays();
DROP TRIGGER only_grows ON challenges_addendum;
"""


class Migration(migrations.Migration):
    dependencies = [("challenges", "0002_log_only_grows")]

    operations = [migrations.RunSQL(CREATE, DROP)]
