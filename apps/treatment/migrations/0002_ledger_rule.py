"""The one-prescriber rule, as far as the medication ledger goes.

A row is accepted only from the effective prescriber of that very moment. The moment is read after the patient's
prescribing lock is had, so that a handover in the same second is either wholly before or wholly after it.
"""

from django.db import migrations

from apps.core.append_only import append_only

LEDGER_GUARD = """
CREATE FUNCTION treatment_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    prescriber uuid;
    prescriber_name text;
    last record;
BEGIN
    PERFORM lock_prescribing(NEW.patient_id);
    NEW.recorded_at := clock_timestamp();
    prescriber := effective_prescriber(NEW.patient_id, NEW.recorded_at);
    IF prescriber IS NULL THEN
        RAISE EXCEPTION 'Nobody prescribes for this patient at the moment. Name the designated prescriber first.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_needs_a_prescriber';
    END IF;
    SELECT full_name INTO prescriber_name FROM accounts_user WHERE id = prescriber;
    IF NEW.author_id IS DISTINCT FROM prescriber THEN
        RAISE EXCEPTION 'Only % changes this patient''s medicines at the moment. You can propose the change.',
            prescriber_name USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_by_the_prescriber';
    END IF;
    IF NOT may_prescribe_on(prescriber, NEW.recorded_at::date) THEN
        RAISE EXCEPTION 'The prescriber credential of % is not valid today.', prescriber_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_needs_a_credential';
    END IF;

    SELECT * INTO last FROM treatment_medicationchange WHERE course = NEW.course ORDER BY position DESC LIMIT 1;
    IF NEW.kind IN ('start', 'switch') THEN
        IF FOUND OR NEW.position <> 1 THEN
            RAISE EXCEPTION 'This course of the medicine has begun already.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_starts_once';
        END IF;
        IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT FROM treatment_medicationchange
                WHERE id = NEW.replaces_id AND patient_id = NEW.patient_id AND kind = 'stop') THEN
            RAISE EXCEPTION 'A switch replaces a medicine of this patient that was stopped.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_switch_from_a_stop';
        END IF;
    ELSE
        IF NOT FOUND THEN
            RAISE EXCEPTION 'This medicine was never started, so it can''t be changed.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_starts_with_a_start';
        END IF;
        IF (NEW.patient_id, NEW.medicine_id) IS DISTINCT FROM (last.patient_id, last.medicine_id)
                OR NEW.position <> last.position + 1 THEN
            RAISE EXCEPTION 'This change does not follow the last one of the same medicine. Look again.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_follows_the_last';
        END IF;
        IF last.kind = 'stop' THEN
            RAISE EXCEPTION 'This medicine was stopped. To give it again, start it again.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_nothing_after_a_stop';
        END IF;
        IF (NEW.kind = 'resume') <> (last.kind = 'hold') AND NEW.kind <> 'stop' THEN
            RAISE EXCEPTION '%', CASE WHEN last.kind = 'hold'
                    THEN 'This medicine is on hold. Resume or stop it first.'
                    ELSE 'Only a medicine on hold can be resumed.' END
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_hold_then_resume';
        END IF;
        IF NEW.effective_on < last.effective_on THEN
            RAISE EXCEPTION 'The last change of this medicine holds from %. This one can''t hold from an earlier day.',
                to_char(last.effective_on, 'FMDD Mon YYYY')
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_days_in_order';
        END IF;
    END IF;
    IF NEW.visit_id IS NOT NULL AND NOT EXISTS (SELECT FROM patients_visit
            WHERE id = NEW.visit_id AND patient_id = NEW.patient_id AND state = 'open') THEN
        RAISE EXCEPTION 'A change can be made at an open visit of this patient only.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_ledger_at_an_open_visit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER treatment_ledger_guard BEFORE INSERT ON treatment_medicationchange
    FOR EACH ROW EXECUTE FUNCTION treatment_ledger_guard();

-- No designation may be written so that a change already made would have had another author. Only the changes in
-- the time that this write gives to somebody, or takes from somebody, need to be looked at.
CREATE FUNCTION treatment_designation_keeps_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched tstzrange := NEW.period;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        touched := tstzrange(
            least(coalesce(upper(OLD.period), 'infinity'), coalesce(upper(NEW.period), 'infinity')), 'infinity', '[]');
    END IF;
    IF EXISTS (SELECT FROM treatment_medicationchange c
               WHERE c.patient_id = NEW.patient_id AND c.recorded_at <@ touched
                 AND effective_prescriber(c.patient_id, c.recorded_at) IS DISTINCT FROM c.author_id) THEN
        RAISE EXCEPTION 'This would rewrite the past: medicines were changed in that time by somebody else.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_designation_keeps_ledger';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER treatment_designation_keeps_ledger
    AFTER INSERT OR UPDATE ON patients_prescriberdesignation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION treatment_designation_keeps_ledger();
"""

PROPOSAL_GUARD = """
CREATE FUNCTION treatment_proposal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A proposal is withdrawn or answered, never deleted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_is_never_deleted';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state <> 'open' THEN
        RAISE EXCEPTION 'A proposal begins open.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_begins_open';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'This proposal was answered already. What was answered stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_answer_stays';
    END IF;
    IF (NEW.patient_id, NEW.medicine_id, NEW.kind, NEW.details, NEW.reason, NEW.proposed_by_id)
            IS DISTINCT FROM (OLD.patient_id, OLD.medicine_id, OLD.kind, OLD.details, OLD.reason, OLD.proposed_by_id)
    THEN
        RAISE EXCEPTION 'A proposal stays as it was made. Withdraw it and make another one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_stays';
    END IF;
    IF NEW.state = 'withdrawn' AND NEW.answered_by_id IS DISTINCT FROM OLD.proposed_by_id THEN
        RAISE EXCEPTION 'Only the person who made a proposal withdraws it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_withdrawn_by_its_author';
    END IF;
    IF NEW.state IN ('accepted', 'amended', 'declined') THEN
        PERFORM lock_prescribing(NEW.patient_id);
        IF NEW.answered_by_id IS DISTINCT FROM effective_prescriber(NEW.patient_id, clock_timestamp()) THEN
            RAISE EXCEPTION 'Only the patient''s prescriber of the moment answers a proposal.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_answered_by_the_prescriber';
        END IF;
    END IF;
    IF NEW.change_id IS NOT NULL AND NOT EXISTS (SELECT FROM treatment_medicationchange
            WHERE id = NEW.change_id AND patient_id = NEW.patient_id AND author_id = NEW.answered_by_id) THEN
        RAISE EXCEPTION 'An accepted proposal names the change that the prescriber made of it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_proposal_names_its_change';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER treatment_proposal_guard BEFORE INSERT OR UPDATE OR DELETE ON treatment_medicationproposal
    FOR EACH ROW EXECUTE FUNCTION treatment_proposal_guard();
"""

EMERGENCY_STOP_GUARD = """
CREATE FUNCTION treatment_emergency_stop_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'An emergency stop is confirmed or reversed, never deleted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_is_never_deleted';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'waiting' THEN
            RAISE EXCEPTION 'An emergency stop begins by waiting for the prescriber.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_begins_waiting';
        END IF;
        SELECT * INTO last FROM treatment_medicationchange WHERE course = NEW.course ORDER BY position DESC LIMIT 1;
        IF NOT FOUND OR last.kind = 'stop'
                OR (last.patient_id, last.medicine_id) IS DISTINCT FROM (NEW.patient_id, NEW.medicine_id) THEN
            RAISE EXCEPTION 'Only a medicine that this patient takes can be stopped.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_of_a_running_medicine';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'This emergency stop was decided already. What was decided stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_decision_stays';
    END IF;
    IF (NEW.patient_id, NEW.course, NEW.medicine_id, NEW.stopped_by_id, NEW.stopped_at, NEW.reason)
            IS DISTINCT FROM (OLD.patient_id, OLD.course, OLD.medicine_id, OLD.stopped_by_id, OLD.stopped_at, OLD.reason)
    THEN
        RAISE EXCEPTION 'An emergency stop stays as it was recorded.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_stays';
    END IF;
    IF NEW.state <> 'waiting' THEN
        PERFORM lock_prescribing(NEW.patient_id);
        IF NEW.decided_by_id IS DISTINCT FROM effective_prescriber(NEW.patient_id, clock_timestamp()) THEN
            RAISE EXCEPTION 'Only the patient''s prescriber of the moment confirms or reverses an emergency stop.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_decided_by_the_prescriber';
        END IF;
        IF NEW.change_id IS NOT NULL AND NOT EXISTS (SELECT FROM treatment_medicationchange
                WHERE id = NEW.change_id AND course = NEW.course AND kind = 'stop') THEN
            RAISE EXCEPTION 'A confirmed emergency stop names the stop of the same medicine in the ledger.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_emergency_stop_names_its_change';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER treatment_emergency_stop_guard BEFORE INSERT OR UPDATE OR DELETE ON treatment_emergencystop
    FOR EACH ROW EXECUTE FUNCTION treatment_emergency_stop_guard();
"""

BACKWARD = """
DROP TRIGGER treatment_emergency_stop_guard ON treatment_emergencystop;
DROP FUNCTION treatment_emergency_stop_guard();
DROP TRIGGER treatment_proposal_guard ON treatment_medicationproposal;
DROP FUNCTION treatment_proposal_guard();
DROP TRIGGER treatment_designation_keeps_ledger ON patients_prescriberdesignation;
DROP FUNCTION treatment_designation_keeps_ledger();
DROP TRIGGER treatment_ledger_guard ON treatment_medicationchange;
DROP FUNCTION treatment_ledger_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0001_initial"), ("patients", "0004_signed_visits")]
    operations = [
        append_only(
            "treatment_medicationchange",
            constraint="treatment_ledger_stays",
            message="The medication ledger is never rewritten. Record another change instead.",
        ),
        migrations.RunSQL(LEDGER_GUARD + PROPOSAL_GUARD + EMERGENCY_STOP_GUARD, BACKWARD),
    ]
