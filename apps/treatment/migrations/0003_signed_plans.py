"""A signed plan stays as it was signed; it can only be replaced by a later version."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION treatment_plan_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'draft' THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.state = 'draft' OR (
        OLD.state = 'active' AND NEW.state = 'superseded'
        AND (NEW.patient_id, NEW.number, NEW.diagnosis, NEW.goal, NEW.preventive, NEW.acute, NEW.other_care,
             NEW.next_step, NEW.next_trigger, NEW.review_on, NEW.owner_id, NEW.signed_at, NEW.signed_by_id)
        IS NOT DISTINCT FROM
            (OLD.patient_id, OLD.number, OLD.diagnosis, OLD.goal, OLD.preventive, OLD.acute, OLD.other_care,
             OLD.next_step, OLD.next_trigger, OLD.review_on, OLD.owner_id, OLD.signed_at, OLD.signed_by_id)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'This plan is signed. Begin the next version instead.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_plan_signed_stays';
END $$;
CREATE TRIGGER treatment_plan_guard BEFORE UPDATE OR DELETE ON treatment_treatmentplan
    FOR EACH ROW EXECUTE FUNCTION treatment_plan_guard();
"""
BACKWARD = """
DROP TRIGGER treatment_plan_guard ON treatment_treatmentplan;
DROP FUNCTION treatment_plan_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0002_ledger_rule")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
