"""An import of 10,000 attacks, settled and written as the worker does it, against writing the same rows and no more.

The reference is Django's bulk insert of the days, medicines and attacks that the import brought, into another diary,
with the same history. The line also says how many rows of the file a second that is on this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from benchmarks._timing import Ratio, seconds

if TYPE_CHECKING:
    from apps.diary.imports.parsed import Reading
    from apps.diary.models import DiaryFile
    from apps.patients.models import Patient

ATTACKS = 10_000
GOAL = 1.0
FIRST = datetime(1996, 1, 1, 6, tzinfo=UTC)


def ratios() -> Iterator[Ratio]:
    """From the confirmed file to the finished import, checked against the number of rows."""
    from apps.diary.models import Attack
    from apps.diary.tasks import take_file

    file = _confirmed_file()
    taken = seconds(lambda: take_file(str(file.pk)))
    found = Attack.objects.filter(patient=file.patient).count()
    if found != ATTACKS:
        file.refresh_from_db()
        raise RuntimeError(f"{found} attacks instead of {ATTACKS}: {file.failure_text}")
    inserted = seconds(_same_rows_elsewhere(file.patient))
    yield Ratio(
        name=f"import of {ATTACKS:,} attacks ({ATTACKS / taken:,.0f} rows a second) against inserting its rows",
        value=taken / inserted,
        goal=GOAL,
        measured_ms=taken * 1000,
        reference_ms=inserted * 1000,
    )


def _same_rows_elsewhere(patient: Patient) -> Callable[[], None]:
    from apps.core.writing import SystemProcess, writes
    from apps.diary.models import AcuteIntake, Attack, DiaryDay
    from apps.patients.models import Patient

    other = Patient.objects.create(given_name="Other", family_name="Diary", date_of_birth="1980-01-01")
    days = {row.pk: row for row in DiaryDay.objects.filter(patient=patient)}
    intakes = list(AcuteIntake.objects.filter(patient=patient))
    attacks = list(Attack.objects.filter(patient=patient))
    for row in (*days.values(), *intakes, *attacks):
        row.pk = None
        row.patient = other

    @writes
    def insert(*, by: SystemProcess) -> None:
        DiaryDay.objects.bulk_create(days.values(), batch_size=2000)
        for intake in intakes:
            intake.day = days[intake.day_id]
        AcuteIntake.objects.bulk_create(intakes, batch_size=2000)
        Attack.objects.bulk_create(attacks, batch_size=2000)

    return lambda: insert(by=SystemProcess("benchmark"))


def _confirmed_file() -> DiaryFile:
    from apps.accounts.choices import Role
    from apps.accounts.models import User
    from apps.diary.choices import ImportSource
    from apps.diary.import_choices import FileState, Meaning
    from apps.diary.imports.keeping import packed
    from apps.diary.models import DiaryFile, MedicineName
    from apps.medicines.models import Medicine
    from apps.medicines.services import LOADER, load_catalogue
    from apps.patients.models import CareTeamMembership, Patient

    load_catalogue(by=LOADER)
    nurse = User.objects.create(email="import@clinic.example", full_name="Nurse Import", role=Role.NURSE)
    patient = Patient.objects.create(given_name="Long", family_name="Diary", date_of_birth="1980-01-01")
    CareTeamMembership.objects.create(patient=patient, member=nurse, task="imports", starts_on="2020-01-01")
    now = timezone.now()
    MedicineName.objects.create(
        name="Maxalt",
        meaning=Meaning.MEDICINE,
        medicine=Medicine.objects.get(code="rizatriptan"),
        decided_at=now,
        decided_by=nurse,
    )
    return DiaryFile.objects.create(
        patient=patient,
        name="ten thousand attacks.csv",
        source=ImportSource.MIGRAINE_BUDDY,
        state=FileState.CONFIRMED,
        size=1,
        sha256="0" * 64,
        moved_at=now,
        confirmed_at=now,
        confirmed_by=nurse,
        reading=packed(_reading()),
    )


def _reading() -> Reading:
    from apps.diary.choices import ImportSource
    from apps.diary.imports.parsed import ReadAttack, Reading, ReadIntake

    attacks = []
    for number in range(ATTACKS):
        begin = FIRST + timedelta(days=number)
        end = begin + timedelta(hours=5 + 20 * (number % 7 == 0))
        attacks.append(
            ReadAttack(
                row=number + 1,
                key=f"attack {number}",
                first_day=begin.date(),
                last_day=end.date(),
                started=begin,
                ended=end,
                pain=number % 10 + 1,
                severity=number % 3 + 1,
                nausea=bool(number % 2),
                symptoms=("Nausea", "Sensitivity to light"),
                triggers=("Stress",),
                taken=(ReadIntake("Maxalt"),) if number % 3 else (),
                taken_known=True,
                note="woke up with it",
            )
        )
    return Reading(ImportSource.MIGRAINE_BUDDY, rows_read=ATTACKS, attacks=tuple(attacks))
