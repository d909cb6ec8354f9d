"""What was judged stays: no score where there is a conflict, none changed once its sheet is locked."""

from django.db import migrations

CREATE = """
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON challenges_panelentry
    FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON challenges_declaration
    FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON challenges_decision
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION published_stays();

CREATE FUNCTION score_may_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
BEGIN
    SELECT declaration.has_conflict, reviewer.locked_at INTO told
        FROM challenges_declaration AS declaration
        JOIN challenges_reviewer AS reviewer ON reviewer.id = declaration.reviewer_id
        WHERE declaration.id = CASE WHEN TG_OP = 'INSERT'
            THEN NEW.declaration_id ELSE OLD.declaration_id END;
    IF told.has_conflict THEN
        RAISE EXCEPTION 'no score where there is a conflict of interest'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF told.locked_at IS NOT NULL THEN
        RAISE EXCEPTION 'a locked sheet stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'UPDATE' AND NEW.declaration_id <> OLD.declaration_id THEN
        RAISE EXCEPTION 'a score stays with its declaration'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER score_may_change BEFORE INSERT OR UPDATE OR DELETE ON challenges_score
    FOR EACH ROW EXECUTE FUNCTION score_may_change();

CREATE FUNCTION agreed_score_may_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept challenges_agreedscore;
BEGIN
    kept := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    IF NOT EXISTS (
        SELECT 1 FROM challenges_application AS application
        JOIN challenges_challenge AS challenge ON challenge.id = application.challenge_id
        WHERE application.id = kept.application_id AND challenge.state = 'evaluation'
    ) THEN
        RAISE EXCEPTION 'what was agreed upon stays once the evaluation is over'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN kept;
END $$;
CREATE TRIGGER agreed_score_may_change
    BEFORE INSERT OR UPDATE OR DELETE ON challenges_agreedscore
    FOR EACH ROW EXECUTE FUNCTION agreed_score_may_change();
"""
DROP = """
DROP TRIGGER agreed_score_may_change ON challenges_agreedscore;
DROP FUNCTION agreed_score_may_change();
DROP TRIGGER score_may_change ON challenges_score;
DROP FUNCTION score_may_change();
DROP TRIGGER published_stays ON challenges_decision;
DROP TRIGGER only_grows ON challenges_declaration;
DROP TRIGGER only_grows ON challenges_panelentry;
"""


class Migration(migrations.Migration):
    dependencies = [("challenges", "0004_seal_log_only_grows")]

    operations = [migrations.RunSQL(CREATE, DROP)]
