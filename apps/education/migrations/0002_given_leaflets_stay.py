"""What was given stays as recorded; a printed leaflet is a document of the same patient."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION education_given_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'What was given to a patient stays recorded.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'education_given_stays';
    END IF;
    IF NEW.document_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM documents_document d
        WHERE d.id = NEW.document_id AND d.patient_id = NEW.patient_id AND d.kind = 'leaflet'
    ) THEN
        RAISE EXCEPTION 'The printed leaflet must be a leaflet of the same patient.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'education_given_own_document';
    END IF;
    IF TG_OP = 'UPDATE' AND
       (NEW.id, NEW.patient_id, NEW.leaflet_code, NEW.leaflet_version, NEW.language, NEW.title, NEW.given_by_id,
        NEW.given_on, NEW.how, NEW.document_id, NEW.created_at, NEW.created_by_id)
       IS DISTINCT FROM
       (OLD.id, OLD.patient_id, OLD.leaflet_code, OLD.leaflet_version, OLD.language, OLD.title, OLD.given_by_id,
        OLD.given_on, OLD.how, OLD.document_id, OLD.created_at, OLD.created_by_id)
    THEN
        RAISE EXCEPTION 'What was given stays as recorded; only what the patient understood can be added.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'education_given_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER education_given_guard BEFORE INSERT OR UPDATE OR DELETE ON education_leafletgiven
    FOR EACH ROW EXECUTE FUNCTION education_given_guard();
CREATE TRIGGER education_given_guard_whole BEFORE TRUNCATE ON education_leafletgiven
    FOR EACH STATEMENT EXECUTE FUNCTION education_given_guard();
"""
BACKWARD = """
DROP TRIGGER education_given_guard_whole ON education_leafletgiven;
DROP TRIGGER education_given_guard ON education_leafletgiven;
DROP FUNCTION education_given_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("education", "0001_initial"), ("documents", "0002_frozen_documents")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
