"""The answer about allergies and the allergies on record can't contradict each other; no allergy disappears."""

from django.db import migrations

FORWARD = """
-- Asked at the end of the transaction, because an allergy and the answer that goes with it are two writes.
CREATE FUNCTION patients_allergy_answer_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose uuid;
    answer text;
    standing boolean;
BEGIN
    IF TG_TABLE_NAME = 'patients_allergy' THEN
        whose := NEW.patient_id;
    ELSE
        whose := NEW.id;
    END IF;
    -- The lock lets a transaction that adds an allergy and one that says "none known" wait for each other.
    SELECT allergy_status INTO answer FROM patients_patient WHERE id = whose FOR NO KEY UPDATE;
    SELECT EXISTS (SELECT FROM patients_allergy WHERE patient_id = whose AND withdrawn_at IS NULL) INTO standing;
    IF standing AND answer <> 'recorded' THEN
        RAISE EXCEPTION 'An allergy is recorded, so the answer can''t be that there is none. Withdraw it first.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_allergy_answer_fits';
    END IF;
    IF answer = 'recorded' AND NOT standing THEN
        RAISE EXCEPTION 'No allergy is recorded: ask again, or note that none are known.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_allergy_answer_fits';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER patients_allergy_answer_fits AFTER INSERT OR UPDATE ON patients_allergy
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION patients_allergy_answer_fits();
CREATE CONSTRAINT TRIGGER patients_allergy_answer_fits AFTER INSERT OR UPDATE OF allergy_status ON patients_patient
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION patients_allergy_answer_fits();

CREATE FUNCTION patients_allergy_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'An allergy is withdrawn with a reason, never deleted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_allergy_stays';
    END IF;
    IF NEW.patient_id <> OLD.patient_id THEN
        RAISE EXCEPTION 'An allergy stays with its patient. Withdraw it here and record it for the other person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_allergy_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER patients_allergy_stays BEFORE UPDATE OR DELETE ON patients_allergy
    FOR EACH ROW EXECUTE FUNCTION patients_allergy_stays();
"""
BACKWARD = """
DROP TRIGGER patients_allergy_stays ON patients_allergy;
DROP FUNCTION patients_allergy_stays();
DROP TRIGGER patients_allergy_answer_fits ON patients_patient;
DROP TRIGGER patients_allergy_answer_fits ON patients_allergy;
DROP FUNCTION patients_allergy_answer_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0005_prescribers_open_charts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
