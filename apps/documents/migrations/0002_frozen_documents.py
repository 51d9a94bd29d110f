"""What a document says never changes, a finished file stays, and nobody deletes one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION documents_document_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'A document can''t be deleted: it may have been handed out.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_document_stays';
    END IF;
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM documents_document older
        WHERE older.id = NEW.supersedes_id AND older.patient_id = NEW.patient_id
          AND older.kind = NEW.kind AND older.subject_id = NEW.subject_id
    ) THEN
        RAISE EXCEPTION 'A document can only replace one of the same kind about the same thing.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_document_replaces_its_like';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF OLD.state = 'ready' THEN
        RAISE EXCEPTION 'This document is finished and stays as it is. Ask for a new one instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_document_ready_is_final';
    END IF;
    IF (NEW.id, NEW.patient_id, NEW.kind, NEW.title, NEW.subject_id, NEW.language, NEW.large_print, NEW.snapshot,
        NEW.snapshot_sha256, NEW.request_key, NEW.requested_at, NEW.created_at, NEW.created_by_id, NEW.supersedes_id)
       IS DISTINCT FROM
       (OLD.id, OLD.patient_id, OLD.kind, OLD.title, OLD.subject_id, OLD.language, OLD.large_print, OLD.snapshot,
        OLD.snapshot_sha256, OLD.request_key, OLD.requested_at, OLD.created_at, OLD.created_by_id, OLD.supersedes_id)
    THEN
        RAISE EXCEPTION 'What a document says is frozen. Ask for a new one instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_document_frozen';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('queued', 'running'), ('running', 'ready'), ('running', 'failed'), ('running', 'queued'), ('failed', 'queued')
    ) THEN
        RAISE EXCEPTION 'A document can''t go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_document_state_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_document_guard BEFORE INSERT OR UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_document_guard();
CREATE TRIGGER documents_document_guard_whole BEFORE TRUNCATE ON documents_document
    FOR EACH STATEMENT EXECUTE FUNCTION documents_document_guard();
"""
BACKWARD = """
DROP TRIGGER documents_document_guard_whole ON documents_document;
DROP TRIGGER documents_document_guard ON documents_document;
DROP FUNCTION documents_document_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
