"""What medicine names of diary files stand for, by decision or because they are exactly a name of the catalogue."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q

from apps.diary.import_choices import Meaning
from apps.diary.imports.meanings import Meant
from apps.diary.models import MedicineName
from apps.diary.models.names import LONGEST_NAME
from apps.medicines.models import Medicine
from apps.medicines.selectors import acute_medicines
from apps.patients.models import Patient
from apps.patients.models.patient import Folded


@dataclass(frozen=True)
class NameMeaning:
    """A name as a file has it. meant: None when nobody has said yet. decision: None when the catalogue decides."""

    name: str
    meant: Meant | None
    decision: MedicineName | None = None


def name_meanings(patient: Patient, names: Collection[str]) -> dict[str, NameMeaning]:
    """The meaning of each name for this patient: theirs before the clinic's before the catalogue's. Three queries.

    The catalogue decides only when exactly one acute medicine has that name, code or single ingredient; nothing is
    ever guessed from similarity.
    """
    if not names:
        return {}
    folded = _folded(names)
    decisions = _decisions(patient, folded.values())
    catalogue = _catalogue()
    return {name: _meaning(name, decisions.get(folded[name]), catalogue.get(folded[name], set())) for name in names}


def _meaning(name: str, decision: MedicineName | None, fitting: set[str]) -> NameMeaning:
    if decision is not None:
        return NameMeaning(name, _meant(decision), decision)
    return NameMeaning(name, Meant(next(iter(fitting))) if len(fitting) == 1 else None)


def _meant(decision: MedicineName) -> Meant:
    return Meant(
        code=decision.medicine.code if decision.medicine else None, acute=decision.meaning != Meaning.NOT_ACUTE
    )


def _folded(names: Iterable[str]) -> dict[str, str]:
    """Each name as the database folds it: no capitals, no accents, single spaces."""
    given = list(names)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given.name, clinic_fold(left(given.name, %s)) FROM unnest(%s::text[]) AS given(name)",
            [LONGEST_NAME, given],
        )
        return dict(cursor.fetchall())


def _decisions(patient: Patient, folded: Iterable[str]) -> dict[str, MedicineName]:
    found = MedicineName.objects.filter(
        Q(patient=patient) | Q(patient__isnull=True), folded__in=set(folded)
    ).select_related("medicine", "decided_by")
    clinic_first = sorted(found, key=lambda decision: decision.patient_id is not None)
    return {decision.folded: decision for decision in clinic_first}


def _catalogue() -> dict[str, set[str]]:
    """Folded name -> codes of the acute medicines that are exactly called so."""
    medicines: list[Medicine] = list(
        acute_medicines().annotate(folded_name=Folded(F("generic_name")), folded_code=Folded(F("code")))
    )
    by_name: dict[str, set[str]] = defaultdict(set)
    by_ingredient: dict[str, set[str]] = defaultdict(set)
    for medicine in medicines:
        by_name[medicine.folded_name].add(medicine.code)  # type: ignore[attr-defined]
        by_name[medicine.folded_code].add(medicine.code)  # type: ignore[attr-defined]
        if len(medicine.ingredients) == 1:
            by_ingredient[medicine.ingredients[0].lower().replace("-", " ")].add(medicine.code)
    return by_ingredient | by_name
