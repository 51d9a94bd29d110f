"""Catalogue rows as the plain values the rule book works with."""

from apps.clinical.diary import AcuteUse, OveruseClass
from apps.medicines.models import Medicine


def acute_use(medicine: Medicine, *, scheduled: bool = False) -> AcuteUse:
    """The medicine as one intake in the diary.

    scheduled: taken on a schedule and not for an attack (rimegepant every other day, aspirin for the heart).
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
    )
