from apps.treatment.models.emergency import EmergencyStop
from apps.treatment.models.ledger import MedicationChange
from apps.treatment.models.plan import TreatmentPlan
from apps.treatment.models.proposal import MedicationProposal
from apps.treatment.models.status import RefractoryStatus

__all__ = ["EmergencyStop", "MedicationChange", "MedicationProposal", "RefractoryStatus", "TreatmentPlan"]
