"""Somebody who prescribes can't be given a role that opens no charts: their patients would lose them silently."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_user_role_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    how_many integer;
BEGIN
    IF NEW.role NOT IN ('intake_coordinator', 'manager', 'auditor') THEN
        RETURN NEW;
    END IF;
    SELECT count(DISTINCT patient_id) INTO how_many FROM patients_prescriberdesignation
    WHERE prescriber_id = NEW.id AND coalesce(upper(period), 'infinity') > clock_timestamp();
    IF how_many > 0 THEN
        RAISE EXCEPTION '% still prescribes for % patient(s), and this role opens no charts. Hand them over first.',
                OLD.full_name, how_many
            USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_user_prescriber_opens_charts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_user_role_guard BEFORE UPDATE OF role ON accounts_user
    FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION accounts_user_role_guard();
"""
BACKWARD = """
DROP TRIGGER accounts_user_role_guard ON accounts_user;
DROP FUNCTION accounts_user_role_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0004_signed_visits")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
