"""Catalogue rows as the plain values the rule book works with."""

from apps.clinical.diary import AcuteUse, OveruseClass, Relief
from apps.medicines.catalogue.vocabulary import PharmacologicalClass
from apps.medicines.models import Medicine

# Medicines that are taken for migraine only: taking one makes a headache day a migraine day.
MIGRAINE_SPECIFIC = frozenset(
    {
        PharmacologicalClass.TRIPTAN,
        PharmacologicalClass.ERGOT,
        PharmacologicalClass.GEPANT,
        PharmacologicalClass.DITAN,
    }
)


def acute_use(medicine: Medicine, *, scheduled: bool = False, relief: Relief | None = None) -> AcuteUse:
    """The medicine as one intake in the diary.

    scheduled: taken on a schedule and not for an attack (rimegepant every other day, aspirin for the heart).
    relief: what it did, as the patient says; None when not asked.
    """
    return AcuteUse(
        code=medicine.code,
        name=medicine.generic_name,
        overuse_class=OveruseClass(medicine.overuse_class),
        also_class=OveruseClass(medicine.also_overuse_class) if medicine.also_overuse_class else None,
        gepant=medicine.is_gepant,
        opioid=medicine.contains_opioid,
        butalbital=medicine.contains_butalbital,
        scheduled=scheduled,
        migraine_specific=medicine.pharmacological_class in MIGRAINE_SPECIFIC,
        relief=relief,
    )
