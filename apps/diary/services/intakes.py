"""Saving the medicines of many days at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from apps.accounts.models import User
from apps.core.writing import Refused, SystemProcess, author_of
from apps.diary.choices import Relief
from apps.diary.entries import IntakeEntry
from apps.diary.facts import code_of
from apps.diary.models import AcuteIntake, DiaryDay
from apps.medicines.models import Medicine
from apps.medicines.selectors import medicines_by_code

# A saved day, the medicines it shall have, and the rows it has so far.
DayIntakes = tuple[DiaryDay, Sequence[IntakeEntry], Iterable[AcuteIntake]]


def save_intakes(
    days: Sequence[DayIntakes],
    *,
    also_delete: Sequence[AcuteIntake] = (),
    by: User | SystemProcess,
    invented: bool = False,
) -> int:
    """Make each day's intakes those that are wanted; rows that stay keep what the page does not show.

    At most three queries. Returns how many rows were written. Raises Refused when a code is not in the catalogue.
    """
    wanted: list[tuple[DiaryDay, IntakeEntry]] = []
    surplus = [intake.pk for intake in also_delete]
    for day, entries, present in days:
        rows = {code_of(intake): intake for intake in present}
        codes = {entry.code for entry in entries}
        surplus += [intake.pk for code, intake in rows.items() if code not in codes]
        wanted += [(day, _completed(entry, rows.get(entry.code))) for entry in entries if _differs(entry, rows)]
    if surplus:
        AcuteIntake.objects.filter(pk__in=surplus).delete()
    if wanted:
        catalogue = _catalogue({entry.code for _, entry in wanted if entry.code})
        AcuteIntake.objects.bulk_create(
            [
                AcuteIntake(
                    patient_id=day.patient_id,
                    day=day,
                    medicine=catalogue[entry.code] if entry.code else None,
                    doses=entry.doses,
                    relief=entry.relief or "",
                    taken_before_pain=entry.taken_before_pain,
                    is_invented=invented,
                    created_by=author_of(by),
                )
                for day, entry in wanted
            ],
            update_conflicts=True,
            unique_fields=["day", "medicine"],
            update_fields=["doses", "relief", "taken_before_pain"],
            batch_size=2000,
        )
    return len(wanted)


def _differs(entry: IntakeEntry, rows: Mapping[str | None, AcuteIntake]) -> bool:
    row = rows.get(entry.code)
    return row is None or _written(_completed(entry, row)) != (row.doses, row.relief, row.taken_before_pain)


def _completed(entry: IntakeEntry, row: AcuteIntake | None) -> IntakeEntry:
    """The entry with what is recorded already and was not asked again."""
    if row is None:
        return entry
    return replace(
        entry,
        relief=entry.relief or (Relief(row.relief) if row.relief else None),
        taken_before_pain=row.taken_before_pain if entry.taken_before_pain is None else entry.taken_before_pain,
    )


def _written(entry: IntakeEntry) -> tuple[int, str, bool | None]:
    return entry.doses, entry.relief or "", entry.taken_before_pain


def _catalogue(codes: set[str]) -> dict[str, Medicine]:
    if not codes:
        return {}
    found = medicines_by_code(codes)
    if unknown := sorted(codes - found.keys()):
        raise Refused(f"Not in the medicines catalogue: {', '.join(unknown)}.")
    return found
