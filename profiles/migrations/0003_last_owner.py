"""An organisation keeps an owner, whatever deletes or changes rows: checked at the commit.

The pages say so earlier and in words (`Membership.leave`); this is for everything else, such as
the deletion of a person. An organisation that is deleted itself takes its owners along.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The lock makes two who go at once take turns: the second sees that the first has gone.
    PERFORM FROM profiles_organisation WHERE id = OLD.organisation_id FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT FROM profiles_membership
                      WHERE organisation_id = OLD.organisation_id AND role = 'owner') THEN
        RAISE EXCEPTION 'organisation % would lose its last owner', OLD.organisation_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER DELETE OR UPDATE ON profiles_membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.role = 'owner') EXECUTE FUNCTION keep_an_owner();
"""
DROP = """
DROP TRIGGER keep_an_owner ON profiles_membership;
DROP FUNCTION keep_an_owner();
"""


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_search_triggers")]

    operations = [migrations.RunSQL(CREATE, DROP)]
