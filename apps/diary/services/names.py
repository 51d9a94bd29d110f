"""Saying what medicine names of diary files stand for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Value
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, writes
from apps.diary.import_choices import Meaning
from apps.diary.models import MedicineName
from apps.diary.models.names import LONGEST_NAME
from apps.medicines.selectors import medicines_by_code
from apps.patients.access import require
from apps.patients.models import Patient
from apps.patients.models.patient import Folded


@dataclass(frozen=True)
class NameDecision:
    """code: of the catalogue, when `meaning` is a medicine. whole_clinic: for every patient, not only this one."""

    name: str
    meaning: Meaning
    code: str = ""
    whole_clinic: bool = False


@writes
def decide_names(*, patient: Patient, decisions: Sequence[NameDecision], by: User) -> None:
    """Remember what names stand for, or correct what was remembered. Days already imported stay as they are.

    Raises PermissionDenied, and Refused for a medicine that is not in the catalogue.
    """
    require(by, Permission.EDIT_DIARY, patient)
    catalogue = medicines_by_code({each.code for each in decisions if each.code})
    for decision in decisions:
        medicine = catalogue.get(decision.code)
        if decision.meaning is Meaning.MEDICINE and medicine is None:
            raise Refused(f"Select the medicine that “{decision.name}” stands for.")
        owner = None if decision.whole_clinic else patient
        said = {
            "meaning": decision.meaning,
            "medicine": medicine if decision.meaning is Meaning.MEDICINE else None,
            "decided_at": timezone.now(),
            "decided_by": by,
        }
        name = decision.name[:LONGEST_NAME]
        present = MedicineName.objects.filter(patient=owner, folded=Folded(Value(name)))
        if not present.update(**said, version=F("version") + 1):
            MedicineName.objects.create(patient=owner, name=name, created_by=by, **said)
        if owner is None:
            # The clinic's decision was made on this patient's page: it holds for this patient too.
            MedicineName.objects.filter(patient=patient, folded=Folded(Value(name))).delete()
