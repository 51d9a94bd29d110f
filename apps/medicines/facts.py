"""Catalogue rows as the plain values the rule book works with."""

import re
from types import MappingProxyType

from apps.clinical.diary import AcuteUse, OveruseClass, Relief
from apps.clinical.findings import Interval
from apps.clinical.withdrawal import EndedMedicine, Steady
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

# What must not end abruptly, by class where the rule names a class and by ingredient where it names a medicine.
_STEADY_CLASSES = MappingProxyType(
    {
        PharmacologicalClass.GABAPENTINOID.value: Steady.GABAPENTINOID,
        PharmacologicalClass.BETA_BLOCKER.value: Steady.BETA_BLOCKER,
    }
)
_STEADY_INGREDIENTS = MappingProxyType(
    {
        "baclofen": Steady.BACLOFEN,
        "clonidine": Steady.CLONIDINE,
        "venlafaxine": Steady.VENLAFAXINE,
        "amitriptyline": Steady.AMITRIPTYLINE,
        "valproate": Steady.ANTISEIZURE,
        "topiramate": Steady.ANTISEIZURE,
    }
)
_BARBITURATES = frozenset({"butalbital", "phenobarbital"})
# ATC keeps 70 to 79 within analgesics for combinations with psycholeptics; those with butalbital are among them.
_WITH_PSYCHOLEPTIC = re.compile(r"N02[A-Z]{2}7\d")


def ended_medicine(medicine: Medicine, days: Interval) -> EndedMedicine:
    """The medicine as one that is to be ended. days: its intake days in the last 30, as far as known."""
    barbiturate = medicine.contains_butalbital or bool(_BARBITURATES & set(medicine.ingredients))
    benzodiazepine = medicine.pharmacological_class == PharmacologicalClass.BENZODIAZEPINE
    with_psycholeptic = bool(_WITH_PSYCHOLEPTIC.fullmatch(medicine.atc_code))
    by_ingredient = (_STEADY_INGREDIENTS[each] for each in medicine.ingredients if each in _STEADY_INGREDIENTS)
    return EndedMedicine(
        name=medicine.generic_name,
        overuse_class=OveruseClass(medicine.overuse_class),
        days=days,
        opioid=medicine.contains_opioid,
        barbiturate=barbiturate,
        tranquilliser=benzodiazepine or (with_psycholeptic and not barbiturate),
        steady=next(by_ingredient, _STEADY_CLASSES.get(medicine.pharmacological_class)),
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
