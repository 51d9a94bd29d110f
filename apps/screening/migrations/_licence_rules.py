"""A permission is confirmed once and withdrawn once; wording is entered only while one is held, and stays."""

GUARDS = """
CREATE FUNCTION screening_licence_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A permission is withdrawn, never deleted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_licence_is_never_deleted';
    END IF;
    IF OLD.withdrawn_at IS NOT NULL
        OR (NEW.instrument, NEW.language, NEW.reference, NEW.confirmed_by_id, NEW.confirmed_on)
            IS DISTINCT FROM (OLD.instrument, OLD.language, OLD.reference, OLD.confirmed_by_id, OLD.confirmed_on)
    THEN
        RAISE EXCEPTION 'A permission stays as it was confirmed. Withdraw it and confirm another.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_licence_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_licence_guard BEFORE UPDATE OR DELETE ON screening_instrumentlicence
    FOR EACH ROW EXECUTE FUNCTION screening_licence_guard();

CREATE FUNCTION screening_wording_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'A wording stays as it was entered. Enter the next version.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_wording_stays';
    END IF;
    -- Locked, so that a permission withdrawn at the same moment comes before or after.
    PERFORM FROM screening_instrumentlicence WHERE id = NEW.licence_id AND withdrawn_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Wording is entered only while the clinic holds the permission.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_wording_only_with_permission';
    END IF;
    IF (CASE WHEN jsonb_typeof(NEW.items) = 'object'
            THEN jsonb_path_exists(NEW.items, 'strict $.* ? (@.type() != "string" || @ like_regex "^\\\\s*$")')
            ELSE true END) THEN
        RAISE EXCEPTION 'The wording is text, one for each question.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_wording_is_text';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_wording_guard BEFORE INSERT OR UPDATE OR DELETE ON screening_instrumentwording
    FOR EACH ROW EXECUTE FUNCTION screening_wording_guard();
"""

BACKWARD = """
DROP TRIGGER screening_wording_guard ON screening_instrumentwording;
DROP FUNCTION screening_wording_guard();
DROP TRIGGER screening_licence_guard ON screening_instrumentlicence;
DROP FUNCTION screening_licence_guard();
"""
