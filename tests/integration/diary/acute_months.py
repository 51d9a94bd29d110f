"""The acute months as they should be, worked out here in Python and not by the database's own counting."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from apps.diary.choices import State
from apps.diary.models import AcuteIntake, AcuteMonth, DiaryDay
from apps.diary.models.rollup import MASK_OF

Months = dict[tuple[UUID, date], dict[str, int]]


def expected() -> Months:
    months: Months = defaultdict(lambda: defaultdict(int))
    for row in DiaryDay.objects.all():
        masks, bit = months[row.patient_id, row.day.replace(day=1)], 1 << (row.day.day - 1)
        masks["recorded"] |= bit * (row.state != State.NOT_KNOWN)
        masks["headache"] |= bit * (row.state == State.HEADACHE)
        masks["list_known"] |= bit * row.intakes_known
    for intake in AcuteIntake.objects.select_related("day", "medicine"):
        masks, bit = months[intake.patient_id, intake.day.day.replace(day=1)], 1 << (intake.day.day.day - 1)
        medicine = intake.medicine
        names = {"acute", "not_identified"} if medicine is None else {"acute"}
        if medicine:
            classes = {medicine.overuse_class, medicine.also_overuse_class}
            names |= {column for group, column in MASK_OF.items() if group.value in classes}
            names |= {"opioid_inside"} if medicine.contains_opioid or medicine.overuse_class == "opioid" else set()
            names |= {"butalbital_inside"} if medicine.contains_butalbital else set()
        for name in names:
            masks[name] |= bit
    return _told(months)


def kept() -> Months:
    return _told({(row.pop("patient_id"), row.pop("month")): row for row in AcuteMonth.objects.values()})


def assert_counted() -> None:
    """Months of which nothing is known may have a row or none."""
    assert kept() == expected()


def _told(months: Months) -> Months:
    some = {key: {name: bits for name, bits in masks.items() if bits} for key, masks in months.items()}
    return {key: masks for key, masks in some.items() if masks}
