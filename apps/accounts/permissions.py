"""Which role may do what. The relation to the patient comes on top (apps.patients.access).

Nobody has a permission that is not written here. Whether somebody may *change medicines* is not a matter of role
at all: only the patient's effective prescriber may, and the database says who that is.
"""

from enum import StrEnum

from apps.accounts.choices import Role


class Permission(StrEnum):
    """One thing somebody may do. The value is also the permission's name in templates (`has_perm`)."""

    # About the clinic, not about one patient
    FIND_PATIENTS = "patients.find"
    REGISTER_PATIENT = "patients.register"
    VIEW_CATALOGUE = "medicines.view"
    VIEW_LEAFLETS = "education.view"
    VIEW_WORKLIST = "overview.worklist"
    VIEW_DEMO_DATA = "diary.demo_data"
    MANAGE_STAFF = "accounts.manage_staff"
    VIEW_AUDIT = "audit.view"

    # About one patient: administrative
    VIEW_PATIENT = "patients.view"
    EDIT_PATIENT = "patients.edit"
    VIEW_REFERRAL = "patients.view_referral"
    EDIT_REFERRAL = "patients.edit_referral"
    VIEW_CARE_TEAM = "patients.view_care_team"
    MANAGE_CARE_TEAM = "patients.manage_care_team"
    NAME_PRESCRIBER = "patients.name_prescriber"

    # About one patient: clinical
    VIEW_CHART = "chart.view"
    VIEW_HISTORY = "chart.view_history"
    EDIT_ALLERGIES = "patients.edit_allergies"
    EDIT_DIARY = "diary.edit"
    RECORD_SCREENING = "screening.record"
    CLOSE_SAFETY_TASK = "screening.close_safety_task"
    # Narrower than the chart: childhood adversity and what else is asked under a consent of its own.
    VIEW_SENSITIVE = "screening.view_sensitive"
    EDIT_PLAN = "treatment.edit_plan"
    SIGN_PLAN = "treatment.sign_plan"
    WRITE_VISIT = "patients.write_visit"
    GIVE_LEAFLET = "education.give"
    REQUEST_DOCUMENT = "documents.request"
    READ_DOCUMENT = "documents.read"


_EVERYBODY = frozenset({Permission.VIEW_CATALOGUE, Permission.VIEW_LEAFLETS})

_READS_CHART = frozenset(
    {
        Permission.FIND_PATIENTS,
        Permission.VIEW_WORKLIST,
        Permission.VIEW_DEMO_DATA,
        Permission.VIEW_PATIENT,
        Permission.VIEW_REFERRAL,
        Permission.VIEW_CARE_TEAM,
        Permission.VIEW_CHART,
        Permission.VIEW_HISTORY,
        Permission.READ_DOCUMENT,
        Permission.REQUEST_DOCUMENT,
        Permission.GIVE_LEAFLET,
        Permission.WRITE_VISIT,
    }
)

_ADMINISTERS = frozenset(
    {
        Permission.FIND_PATIENTS,
        Permission.REGISTER_PATIENT,
        Permission.VIEW_PATIENT,
        Permission.EDIT_PATIENT,
        Permission.VIEW_REFERRAL,
        Permission.EDIT_REFERRAL,
        Permission.VIEW_CARE_TEAM,
        Permission.MANAGE_CARE_TEAM,
        Permission.NAME_PRESCRIBER,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.INTAKE_COORDINATOR: _EVERYBODY | _ADMINISTERS | {Permission.VIEW_WORKLIST},
    Role.NURSE: _EVERYBODY
    | _READS_CHART
    | {
        Permission.REGISTER_PATIENT,
        Permission.EDIT_PATIENT,
        Permission.EDIT_REFERRAL,
        Permission.MANAGE_CARE_TEAM,
        Permission.EDIT_ALLERGIES,
        Permission.EDIT_DIARY,
        Permission.RECORD_SCREENING,
        Permission.CLOSE_SAFETY_TASK,
        Permission.EDIT_PLAN,
    },
    Role.PHYSICIAN: _EVERYBODY
    | _READS_CHART
    | _ADMINISTERS
    | {
        Permission.EDIT_ALLERGIES,
        Permission.EDIT_DIARY,
        Permission.RECORD_SCREENING,
        Permission.CLOSE_SAFETY_TASK,
        Permission.VIEW_SENSITIVE,
        Permission.EDIT_PLAN,
        Permission.SIGN_PLAN,
    },
    Role.PSYCHOLOGIST: _EVERYBODY
    | _READS_CHART
    | {
        Permission.RECORD_SCREENING,
        Permission.CLOSE_SAFETY_TASK,
        Permission.VIEW_SENSITIVE,
        Permission.EDIT_DIARY,
        Permission.EDIT_PLAN,
    },
    Role.PHYSIOTHERAPIST: _EVERYBODY | _READS_CHART | {Permission.EDIT_PLAN},
    Role.PHARMACIST: _EVERYBODY | _READS_CHART | {Permission.EDIT_ALLERGIES, Permission.EDIT_DIARY},
    Role.EDUCATOR: _EVERYBODY | _READS_CHART | {Permission.EDIT_DIARY},
    Role.MANAGER: _EVERYBODY
    | _ADMINISTERS
    | {Permission.MANAGE_STAFF, Permission.VIEW_AUDIT, Permission.VIEW_WORKLIST, Permission.VIEW_DEMO_DATA},
    Role.AUDITOR: _EVERYBODY | {Permission.VIEW_AUDIT},
}

# These roles look after every patient's administration; everybody else sees the patients they treat.
CLINIC_WIDE_ROLES = frozenset({Role.INTAKE_COORDINATOR, Role.MANAGER})


def role_may(role: str, permission: Permission) -> bool:
    """Whether the role as such carries the permission; an unknown role carries none."""
    return permission in ROLE_PERMISSIONS.get(role, frozenset())  # type: ignore[call-overload]
