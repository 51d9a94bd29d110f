from apps.patients.models.patient import Allergy, Patient, PatientIdentifier
from apps.patients.models.prescriber import PrescriberDesignation, PrescriberHandover
from apps.patients.models.referral import Referral
from apps.patients.models.team import CareTeamMembership
from apps.patients.models.visit import Visit, VisitAddendum

__all__ = [
    "Allergy",
    "CareTeamMembership",
    "Patient",
    "PatientIdentifier",
    "PrescriberDesignation",
    "PrescriberHandover",
    "Referral",
    "Visit",
    "VisitAddendum",
]
