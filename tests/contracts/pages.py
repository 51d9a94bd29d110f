"""Every address of the project and who may open it. One line a page; a page that is not here fails the suite."""

from collections.abc import Callable
from typing import Any

from apps.accounts.permissions import Permission
from tests.contracts import world
from tests.contracts.rights import LET_IN, Audience, Page
from tests.fixtures.people import People

Make = Callable[[People], Any]

PRESCRIBER = frozenset({"treating"})
NAMES_PRESCRIBERS = frozenset({"treating", "manager", "manager of the team"})


def anybody(name: str, answers: frozenset[int] = LET_IN) -> Page:
    """A page before or without sign-in."""
    return Page(name, Audience.ANYBODY, answers=answers)


def staff(name: str, answers: frozenset[int] = LET_IN) -> Page:
    """A page for everybody who is signed in."""
    return Page(name, Audience.STAFF, answers=answers)


def clinic(name: str, read: Permission | None, change: Permission | None = None, **make: Make) -> Page:
    """A page about the clinic, by role alone."""
    return Page(name, Audience.CLINIC, read=read, change=change, make=make)


def chart(
    name: str,
    read: Permission | None,
    change: Permission | None = None,
    *,
    only: frozenset[str] = frozenset(),
    **make: Make,
) -> Page:
    """A page of a patient's chart, by role and relation."""
    return Page(name, Audience.CHART, read=read, change=change, only=only, make=make)


PAGES = [
    # Health and sign-in
    anybody("health-live"),
    anybody("health-ready", answers=LET_IN | {503}),
    anybody("account_login"),
    anybody("account_logout"),
    anybody("account_inactive"),
    anybody("account_signup"),
    anybody("account_reset_password"),
    anybody("account_reset_password_done"),
    anybody("account_reset_password_from_key"),
    anybody("account_reset_password_from_key_done"),
    staff("account_change_password"),
    # House
    staff("core:components"),
    anybody("core:theme"),
    staff("core:error-preview", answers=frozenset({404})),
    # Staff
    clinic("accounts:staff", Permission.MANAGE_STAFF),
    clinic("accounts:invite", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF),
    clinic("accounts:member", Permission.MANAGE_STAFF),
    clinic("accounts:edit", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF),
    clinic("accounts:link", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF, user_id=world.invited),
    clinic("accounts:deactivate", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF),
    clinic("accounts:reactivate", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF, user_id=world.closed),
    clinic("accounts:credential-add", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF),
    clinic("accounts:credential-end", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF),
    # Access log
    clinic("audit:log", Permission.VIEW_AUDIT),
    clinic("audit:export", Permission.VIEW_AUDIT),
    # Medicines catalogue
    clinic("medicines:list", Permission.VIEW_CATALOGUE),
    clinic("medicines:detail", Permission.VIEW_CATALOGUE),
    # Patients
    clinic("patients:list", Permission.FIND_PATIENTS),
    clinic("patients:search", Permission.FIND_PATIENTS),
    clinic("patients:register", Permission.REGISTER_PATIENT, Permission.REGISTER_PATIENT),
    clinic("patients:referrals", Permission.VIEW_REFERRAL),
    clinic("patients:register_with_referral", Permission.REGISTER_PATIENT, Permission.REGISTER_PATIENT),
    chart("patients:registered", Permission.VIEW_PATIENT),
    chart("patients:detail", Permission.VIEW_PATIENT),
    chart("patients:edit", Permission.EDIT_PATIENT, Permission.EDIT_PATIENT),
    chart("patients:add_identifier", Permission.EDIT_PATIENT, Permission.EDIT_PATIENT),
    chart("patients:remove_identifier", Permission.EDIT_PATIENT, Permission.EDIT_PATIENT),
    chart("patients:allergies", Permission.VIEW_CHART),
    chart("patients:add_allergy", Permission.EDIT_ALLERGIES, Permission.EDIT_ALLERGIES),
    chart("patients:confirm_allergies", Permission.EDIT_ALLERGIES, Permission.EDIT_ALLERGIES),
    chart("patients:withdraw_allergy", Permission.EDIT_ALLERGIES, Permission.EDIT_ALLERGIES),
    chart("patients:add_referral", Permission.EDIT_REFERRAL, Permission.EDIT_REFERRAL),
    chart("patients:referral", Permission.VIEW_REFERRAL, Permission.EDIT_REFERRAL),
    chart("patients:correct_referral", Permission.EDIT_REFERRAL, Permission.EDIT_REFERRAL),
    chart("patients:team", Permission.VIEW_CARE_TEAM),
    chart("patients:add_member", Permission.MANAGE_CARE_TEAM, Permission.MANAGE_CARE_TEAM),
    chart("patients:end_membership", Permission.MANAGE_CARE_TEAM, Permission.MANAGE_CARE_TEAM),
    # The designated prescriber: with one named, that person or a manager names the next
    chart("patients:prescriber", Permission.VIEW_CARE_TEAM),
    chart("patients:name_prescriber", Permission.NAME_PRESCRIBER, Permission.NAME_PRESCRIBER, only=NAMES_PRESCRIBERS),
    chart("patients:cover", Permission.NAME_PRESCRIBER, Permission.NAME_PRESCRIBER, only=NAMES_PRESCRIBERS),
    chart("patients:end_cover", Permission.NAME_PRESCRIBER, Permission.NAME_PRESCRIBER, only=NAMES_PRESCRIBERS),
    # Visits
    chart("patients:visits", Permission.VIEW_CHART),
    chart("patients:begin_visit", Permission.WRITE_VISIT, Permission.WRITE_VISIT),
    chart("patients:visit", Permission.VIEW_CHART, Permission.WRITE_VISIT),
    # Diary
    chart("diary:current", Permission.VIEW_CHART),
    chart("diary:month", Permission.VIEW_CHART, Permission.EDIT_DIARY),
    chart("diary:year", Permission.VIEW_CHART),
    chart("diary:list", Permission.VIEW_CHART),
    chart("diary:attack_new", Permission.EDIT_DIARY, Permission.EDIT_DIARY),
    chart("diary:attack", Permission.EDIT_DIARY, Permission.EDIT_DIARY),
    chart("diary:attack_remove", Permission.EDIT_DIARY, Permission.EDIT_DIARY),
    chart("diary:patterns", Permission.VIEW_CHART),
    chart("diary:export-days", Permission.VIEW_CHART),
    chart("diary:export-counts", Permission.VIEW_CHART),
    chart("diary:sheet", Permission.REQUEST_DOCUMENT, Permission.REQUEST_DOCUMENT),
    chart("diary:open_sheet", Permission.VIEW_CHART, code=world.diary_sheet_code),
    clinic("diary:data_source", Permission.VIEW_DEMO_DATA),
    clinic("diary:above", Permission.VIEW_CHART),
    clinic("diary:quiet", Permission.VIEW_CHART),
    chart("diary:imports", Permission.VIEW_CHART, Permission.EDIT_DIARY),
    chart("diary:import_file", Permission.VIEW_CHART, Permission.EDIT_DIARY),
    chart("diary:import_state", Permission.VIEW_CHART),
    chart("diary:import_columns", Permission.EDIT_DIARY, Permission.EDIT_DIARY),
    chart("diary:import_sheet", None, Permission.EDIT_DIARY),
    chart("diary:import_names", Permission.EDIT_DIARY, Permission.EDIT_DIARY),
    chart("diary:import_discard", None, Permission.EDIT_DIARY),
    chart("diary:import_undo", Permission.EDIT_DIARY, Permission.EDIT_DIARY, file_id=world.imported_diary_file),
    chart("diary:link", Permission.EDIT_DIARY, Permission.EDIT_DIARY),
    chart("diary:link_revoke", Permission.EDIT_DIARY, Permission.EDIT_DIARY, patient_id=world.patient_with_diary_link),
    # The patient's own page: whoever has the secret address, signed in or not
    anybody("diary:patient_shell"),
    anybody("diary:patient_worker"),
    anybody("diary:patient"),
    anybody("diary:patient_entries", answers=frozenset({415})),
    anybody("diary:patient_reminders"),
    anybody("diary:patient_colours"),
    # Screening
    chart("screening:overview", Permission.VIEW_CHART),
    chart("screening:course", Permission.VIEW_CHART),
    chart("screening:history", Permission.VIEW_CHART),
    chart("screening:sheet", Permission.VIEW_CHART),
    chart("screening:answer", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:correct", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:start_tablet", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:take_tablet_back", None, Permission.RECORD_SCREENING),
    chart("screening:safety_task", Permission.VIEW_CHART, Permission.CLOSE_SAFETY_TASK),
    chart("screening:assign_safety_task", Permission.CLOSE_SAFETY_TASK, Permission.CLOSE_SAFETY_TASK),
    chart("screening:for_patient", Permission.VIEW_CHART),
    chart("screening:causes", Permission.VIEW_CHART, Permission.RECORD_SCREENING),
    chart("screening:cause", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:red_flags", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:pseudo", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:adversity", Permission.VIEW_SENSITIVE, Permission.VIEW_SENSITIVE),
    chart("screening:ask_adversity", Permission.VIEW_SENSITIVE, Permission.VIEW_SENSITIVE),
    # Sleep
    chart("screening:sleep", Permission.VIEW_CHART),
    chart("screening:sleep_screen", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:sleep_past", Permission.VIEW_CHART),
    chart("screening:sleep_want", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:sleep_referral", Permission.VIEW_CHART),
    chart("screening:sleep_order", Permission.SIGN_PLAN, Permission.SIGN_PLAN),
    chart("screening:sleep_step", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:sleep_drop", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:sleep_due", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:sleep_adherence", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    clinic("screening:sleep_referrals", Permission.VIEW_CHART),
    # Withdrawal of overused medicines: the prescriber alone puts a plan in force
    chart("screening:withdrawal", Permission.VIEW_CHART),
    chart("screening:begin_withdrawal", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:write_withdrawal", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:choose_withdrawal_line", Permission.RECORD_SCREENING),
    chart("screening:withdrawal_line", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:drop_withdrawal_line", None, Permission.RECORD_SCREENING),
    chart("screening:sign_withdrawal", None, Permission.VIEW_CHART, only=PRESCRIBER),
    chart("screening:end_withdrawal", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:close_withdrawal", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:add_withdrawal_check", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart(
        "screening:withdrawal_check",
        Permission.RECORD_SCREENING,
        Permission.RECORD_SCREENING,
        check_id=world.running_withdrawal_check,
    ),
    chart("screening:move_withdrawal_check", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    # Overuse signals
    chart("screening:signals", Permission.VIEW_CHART),
    chart("screening:answer_signal", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:lift_silence", None, Permission.RECORD_SCREENING),
    clinic("screening:signal_figures", Permission.VIEW_CHART),
    # The clinic's tablet: whoever has its secret or a code, signed in or not
    anybody("screening:tablet"),
    anybody("screening:tablet_hello"),
    anybody("screening:tablet_question"),
    anybody("screening:tablet_help"),
    anybody("screening:tablet_end"),
    chart("screening:overuse", Permission.VIEW_CHART),
    chart("screening:overuse_review", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:allowance", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    chart("screening:end_allowance", Permission.RECORD_SCREENING, Permission.RECORD_SCREENING),
    # Wording of protected questionnaires
    clinic("screening:licences", Permission.MANAGE_STAFF),
    clinic("screening:licence", Permission.MANAGE_STAFF, instrument_code=world.protected_code),
    clinic(
        "screening:confirm_licence",
        Permission.MANAGE_STAFF,
        Permission.MANAGE_STAFF,
        instrument_code=world.protected_code,
    ),
    clinic("screening:wording", Permission.MANAGE_STAFF, Permission.MANAGE_STAFF, instrument_code=world.protected_code),
    clinic(
        "screening:withdraw_licence",
        Permission.MANAGE_STAFF,
        Permission.MANAGE_STAFF,
        instrument_code=world.protected_code,
    ),
    # Medicines of a patient: only the effective prescriber changes them
    chart("treatment:medicines", Permission.VIEW_CHART),
    chart("treatment:start", Permission.VIEW_CHART, Permission.VIEW_CHART, only=PRESCRIBER),
    chart("treatment:change", Permission.VIEW_CHART, Permission.VIEW_CHART, only=PRESCRIBER),
    # Plan
    chart("treatment:plan", Permission.VIEW_CHART),
    chart("treatment:status", Permission.VIEW_CHART, Permission.SIGN_PLAN),
    chart("treatment:begin_plan", None, Permission.EDIT_PLAN),
    chart("treatment:write_plan", Permission.EDIT_PLAN, Permission.EDIT_PLAN),
    # Documents
    chart("documents:list", Permission.READ_DOCUMENT),
    chart("documents:detail", Permission.READ_DOCUMENT),
    chart("documents:state", Permission.READ_DOCUMENT),
    chart("documents:download", Permission.READ_DOCUMENT),
    chart("documents:retry", None, Permission.REQUEST_DOCUMENT),
    # Today and the patient's one page
    staff("overview:today"),
    chart("overview:patient", Permission.VIEW_CHART),
    chart("overview:history", Permission.VIEW_HISTORY),
    chart("summaries:visit", None, Permission.REQUEST_DOCUMENT),
    # Education
    clinic("education:library", Permission.VIEW_LEAFLETS),
    clinic("education:leaflet", Permission.VIEW_LEAFLETS, code=world.leaflet_code),
    chart("education:chart", Permission.VIEW_CHART),
    chart("education:give", Permission.GIVE_LEAFLET, Permission.GIVE_LEAFLET),
    chart("education:teach-back", Permission.GIVE_LEAFLET, Permission.GIVE_LEAFLET),
]
