"""What every table keeps: how its history is kept, and which columns say something about a person.

A new table or column breaks the build until somebody decides here.

- identity: names a patient or a member of staff, or leads to them
- health: says something about a patient's health, or is free text in which somebody may have written it
- work: about the clinic's work; says nothing about a person by itself
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class History(Enum):
    TRACKED = "every insert, change and deletion is copied by trigger"
    APPEND_ONLY = "a row stays as it was written"
    DERIVED = "counted by the database from rows whose history is kept; nobody writes it"
    NONE = "kept without history, for the reason given"


@dataclass(frozen=True)
class Table:
    """One table. `untracked` are columns that its history leaves out, with the reason beside the table."""

    history: History
    identity: str = ""
    health: str = ""
    work: str = ""
    untracked: str = ""
    reason: str = ""

    def columns(self) -> list[str]:
        return [*self.identity.split(), *self.health.split(), *self.work.split()]


# What the base classes bring to nearly every table.
COMMON: Final = {"id", "created_at", "updated_at", "version", "created_by", "patient"}

TABLES: Final = {
    "core.UsedFormToken": Table(
        History.NONE, work="token used_at", reason="random numbers of forms; each is written once and swept away"
    ),
    "audit.AccessEntry": Table(
        History.APPEND_ONLY,
        identity="user_id user_label patient_id address",
        # The subject may be a document's title.
        health="subject",
        work="at action path",
    ),
    "accounts.User": Table(
        History.TRACKED,
        identity="email full_name",
        work="password last_login is_superuser role is_active is_staff joined_at deactivated_at groups user_permissions",
        untracked="password last_login",
        reason="a hash must not be copied about; sign-ins are not changes",
    ),
    "accounts.PrescriberCredential": Table(History.TRACKED, identity="user number", work="issuer valid_from valid_to"),
    "medicines.Medicine": Table(
        History.TRACKED,
        work="code generic_name ingredients active atc_code atc_version is_preventive is_acute is_rescue is_procedure"
        " route setting pharmacological_class ehf_2020_class ehf_2020_note ehf_2014_group schulman_2008_class"
        " overuse_class also_overuse_class overuse_limit_days planning_max_days overuse_note contains_opioid"
        " contains_butalbital dose_low dose_high dose_unit dose_period dose_max max_per_24h dose_note trial_weeks"
        " trial_note cautions pregnancy availability advice evidence source certainty to_confirm",
    ),
    "patients.Patient": Table(
        History.TRACKED,
        identity="clinic_number given_name family_name preferred_name date_of_birth sex pronouns telephone email address"
        " search_text sort_name",
        health="language large_print contact_route allergy_status allergies_asked_on",
        work="is_demo",
        untracked="search_text sort_name",
        reason="worked out by the database from columns that are tracked",
    ),
    "patients.PatientIdentifier": Table(History.TRACKED, identity="value", work="system"),
    "patients.Allergy": Table(
        History.TRACKED, health="substance reaction severity noted_on withdrawn_reason", work="withdrawn_at"
    ),
    "patients.PrescriberDesignation": Table(
        History.TRACKED, identity="prescriber", health="reason", work="kind period"
    ),
    "patients.PrescriberHandover": Table(
        History.TRACKED,
        identity="offered_by offered_to",
        health="brief answer_note",
        work="effective_at state answered_at designation",
    ),
    "patients.Referral": Table(
        History.TRACKED,
        identity="referrer_name referrer_organisation",
        health="reason state_note urgency",
        work="received_on state",
    ),
    "patients.CareTeamMembership": Table(History.TRACKED, identity="member", work="task starts_on ends_on"),
    "patients.Visit": Table(
        History.TRACKED,
        identity="clinician signed_by",
        health="findings changes plan",
        work="kind visit_on next_visit_on state signed_at",
    ),
    "patients.VisitAddendum": Table(History.TRACKED, health="text", work="visit"),
    "documents.Document": Table(
        History.TRACKED,
        health="title snapshot pdf",
        work="kind subject_id language large_print snapshot_sha256 request_key requested_at supersedes state queued_at"
        " offered_at attempts started_at heartbeat_at finished_at failure_code failure_text pdf_sha256 pages",
        untracked="pdf snapshot heartbeat_at offered_at",
        reason="the file and the snapshot are written once and never change; signs of life are no changes",
    ),
    "diary.ImportBatch": Table(
        History.TRACKED,
        identity="undone_by",
        health="report label",
        work="source state rows_read rows_imported rows_duplicate rows_refused undone_at",
        untracked="report",
        reason="a long text, written once with its batch",
    ),
    "diary.DiaryDay": Table(
        History.TRACKED,
        health="day state severity function intakes_known note",
        work="source entered_late import_batch imported_version",
    ),
    "diary.AcuteIntake": Table(
        History.TRACKED, health="day medicine doses taken_before_pain relief note", work="is_invented"
    ),
    "diary.Attack": Table(
        History.TRACKED,
        health="first_day last_day started_at started_offset ended_at ended_offset pain severity unilateral pulsating"
        " worse_with_activity nausea vomiting photophobia phonophobia aura aura_minutes symptoms triggers premonitory"
        " postdrome relief_methods most_bothersome note",
        work="source external_key import_batch",
    ),
    "diary.DayContext": Table(
        History.TRACKED,
        health="day menstruation sleep_minutes slept_from slept_to exposures",
        work="source import_batch",
    ),
    "diary.DiaryFile": Table(
        History.TRACKED,
        identity="confirmed_by",
        # Files of diary apps are often called after the person.
        health="name proposal mapping reading",
        work="size sha256 source sheet state moved_at offered_at held_by heartbeat_at tries progress failure_text"
        " failure_place overlap confirmed_at batch",
        untracked="reading proposal mapping heartbeat_at offered_at progress",
        reason="what was read is long and goes after the import; signs of life are no changes",
    ),
    "diary.DiaryFilePart": Table(
        History.NONE,
        health="content",
        work="file number",
        reason="pieces of an upload, written once and removed when the file was taken or discarded",
    ),
    "diary.MedicineName": Table(
        History.TRACKED,
        identity="decided_by",
        health="name folded meaning medicine",
        work="decided_at",
        untracked="folded",
        reason="worked out by the database from a column that is tracked",
    ),
    "diary.ColumnMapping": Table(History.TRACKED, identity="decided_by", work="signature headings mapping decided_at"),
    "diary.DiaryLink": Table(
        History.TRACKED,
        identity="revoked_by",
        health="offered revoked_reason",
        work="secret_sha256 starts_on ends_on last_used_at revoked_at",
        untracked="secret_sha256 last_used_at",
        reason="what opens a diary must not be copied about, not even hashed; a visit is no change",
    ),
    "diary.LinkEntry": Table(
        History.APPEND_ONLY, health="day kind", work="link key payload_hash written_at received_at result"
    ),
    "diary.DiarySheet": Table(History.TRACKED, identity="code", health="legend", work="month"),
    "diary.AcuteMonth": Table(
        History.DERIVED,
        health="month recorded headache list_known acute ergotamine triptan paracetamol nsaid aspirin other_non_opioid"
        " opioid combination other no_class not_identified opioid_inside butalbital_inside",
        reason="its days and intakes have their history; a copy of every count would be the diary three times",
    ),
    "education.LeafletGiven": Table(
        History.TRACKED,
        identity="given_by",
        health="understanding teach_back",
        work="leaflet_code leaflet_version language title given_on how document",
    ),
    "screening.Administration": Table(
        History.TRACKED,
        identity="recorded_by",
        health="answers missing total band prorated positive category subscores why_unscored correction_reason",
        work="instrument instrument_version rule_version language mode tablet helper answered_on state supersedes wording",
    ),
    "screening.TabletSet": Table(
        History.TRACKED,
        identity="ended_by",
        work="instruments language helper state code_sha256 code_ends_at device_sha256 opened_at last_seen_at ends_at"
        " ended_at",
        untracked="code_sha256 device_sha256 last_seen_at",
        reason="what opens a tablet must not be copied about, not even hashed; a touch is no change",
    ),
    "screening.SleepScreen": Table(History.TRACKED, health="answers facts routes note", work="answered_on"),
    "screening.SleepReferral": Table(
        History.TRACKED,
        identity="ordered_by",
        health="disorder study indicators result ahi plmi spo2_nadir mslt_minutes action cpap_hours cpap_nights"
        " dropped_reason",
        work="screen referred_to state due_on ordered_on booked_for done_on result_on acted_on dropped_on",
    ),
    "screening.OveruseReview": Table(History.TRACKED, health="preexisting older state note", work="visit reviewed_on"),
    "screening.OveruseReasonNoted": Table(History.TRACKED, health="reason sureness words", work="review"),
    "screening.Allowance": Table(
        History.TRACKED, identity="ended_by", health="ration days justification", work="agreed_on review_on ended_at"
    ),
    "screening.OveruseSignal": Table(
        History.TRACKED,
        identity="answered_by",
        health="subject level days action",
        work="window_ends_on state answered_at",
    ),
    "screening.SignalSilence": Table(
        History.TRACKED, identity="lifted_by", health="subject reason", work="starts_on until lifted_at"
    ),
    "screening.WithdrawalPlan": Table(
        History.TRACKED,
        identity="signed_by closed_by",
        health="place bridge preventive told outcome",
        work="state starts_on preventive_on signed_at ended_on watched_until closed_at",
    ),
    "screening.WithdrawalLine": Table(History.TRACKED, health="medicine way limit_days steps against", work="plan"),
    "screening.WithdrawalCheck": Table(History.TRACKED, identity="done_by", health="found", work="plan due_on done_on"),
    "screening.ChecklistReview": Table(
        History.TRACKED,
        health="answers same_day notes answer headline",
        work="visit checklist answered_on whole rule_version",
    ),
    "screening.CauseReview": Table(
        History.TRACKED, health="cause state asked_for result explains reason", work="reviewed_on due_on"
    ),
    "screening.SensitiveConsent": Table(History.TRACKED, health="topic answer note", work="asked_on"),
    "screening.SafetyTask": Table(
        History.TRACKED,
        identity="opened_by owner assigned_by closed_by",
        health="sheet reason severity action outcome",
        work="opened_at assigned_at due_at state closed_at",
    ),
    "screening.InstrumentLicence": Table(
        History.TRACKED,
        identity="confirmed_by withdrawn_by",
        work="instrument language reference confirmed_on withdrawn_at withdrawn_reason",
    ),
    "screening.InstrumentWording": Table(History.TRACKED, work="licence number stem items"),
    "treatment.MedicationChange": Table(
        History.TRACKED,
        identity="author",
        health="course kind medicine purpose dose_amount dose_unit frequency limit_days_per_month indication reason"
        " reason_text review_on stop_rule",
        work="position effective_on recorded_at visit replaces",
    ),
    "treatment.RefractoryStatus": Table(History.TRACKED, health="state standing reasons", work="decided_on"),
    "treatment.EmergencyStop": Table(
        History.TRACKED,
        identity="stopped_by decided_by",
        health="course medicine reason decision_note",
        work="stopped_at state decided_at change",
    ),
    "treatment.TreatmentPlan": Table(
        History.TRACKED,
        identity="owner signed_by",
        health="diagnosis goal preventive acute other_care next_step next_trigger",
        work="number state review_on signed_at",
    ),
    "treatment.MedicationProposal": Table(
        History.TRACKED,
        identity="proposed_by on_behalf_of answered_by",
        health="kind medicine course details reason answer_reason",
        work="state answered_at change",
    ),
}
