"""The closed lists of the catalogue as Django choices; the lists themselves stand in `catalogue.vocabulary`."""

from collections.abc import Iterable

from apps.medicines.catalogue.vocabulary import (
    CERTAINTY_LABELS,
    EHF_2020_CLASSES,
    OVERUSE_LABELS,
    Advice,
    DosePeriod,
    DoseUnit,
    Ehf2014Group,
    PharmacologicalClass,
    Route,
    SchulmanClass,
    Use,
    WordedEnum,
)

Choices = list[tuple[str, str]]


def _choices(members: Iterable[WordedEnum]) -> Choices:
    return [(member.value, member.label) for member in members]


USES = _choices(Use)
ROUTES = _choices(Route)
PHARMACOLOGICAL_CLASSES = _choices(PharmacologicalClass)
EHF_2014_GROUPS = _choices(Ehf2014Group)
SCHULMAN_CLASSES = _choices(SchulmanClass)
DOSE_UNITS = _choices(DoseUnit)
DOSE_PERIODS = _choices(DosePeriod)
ADVICE = _choices(Advice)
OVERUSE_CLASSES: Choices = [(group.value, label) for group, label in OVERUSE_LABELS.items()]
CERTAINTIES: Choices = [(certainty.value, label) for certainty, label in CERTAINTY_LABELS.items()]
EHF_2020_CHOICES = list(EHF_2020_CLASSES.items())
