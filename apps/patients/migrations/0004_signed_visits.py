"""A signed visit is closed: no change, no deletion, addenda only, and only to signed visits."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION patients_visit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'signed' THEN
        RAISE EXCEPTION 'This visit is signed. Write an addendum instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_visit_signed_is_closed';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER patients_visit_guard BEFORE UPDATE OR DELETE ON patients_visit
    FOR EACH ROW EXECUTE FUNCTION patients_visit_guard();

CREATE FUNCTION patients_addendum_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'An addendum stays as it was written. Write another one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_addendum_stays';
    END IF;
    IF NOT EXISTS (SELECT FROM patients_visit v
                   WHERE v.id = NEW.visit_id AND v.patient_id = NEW.patient_id AND v.state = 'signed') THEN
        RAISE EXCEPTION 'This visit is not signed yet: change it instead of adding to it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_addendum_after_signature';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER patients_addendum_guard BEFORE INSERT OR UPDATE OR DELETE ON patients_visitaddendum
    FOR EACH ROW EXECUTE FUNCTION patients_addendum_guard();
"""
BACKWARD = """
DROP TRIGGER patients_addendum_guard ON patients_visitaddendum;
DROP FUNCTION patients_addendum_guard();
DROP TRIGGER patients_visit_guard ON patients_visit;
DROP FUNCTION patients_visit_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0003_prescriber_rule")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
