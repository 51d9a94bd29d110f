"""A diary with one of everything that a picture or the list has to show."""

from datetime import UTC, date, datetime, timedelta

from apps.diary.choices import Relief, Source, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.models import Attack, DayContext, DiaryDay
from apps.patients.models import Patient
from tests.factories.diary import headache, make_acute_medicine, no_headache, record

TODAY = date(2026, 11, 22)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def one_of_everything(patient: Patient) -> None:
    """November 2026 up to the 20th, with gaps; 12 October; nothing between."""
    make_acute_medicine("rizatriptan")
    make_acute_medicine("ibuprofen", overuse_class="nsaid")
    record(
        patient,
        headache(date(2026, 10, 12), "ibuprofen", severity=1),
        no_headache(date(2026, 11, 2)),
        DayEntry(
            day=date(2026, 11, 3),
            state=State.HEADACHE,
            severity=3,
            function=2,
            intakes=(IntakeEntry("rizatriptan", 2, Relief.SOME), IntakeEntry("ibuprofen")),
            intakes_known=True,
            note="storm",
        ),
        headache(date(2026, 11, 4), severity=None),
        DayEntry(day=date(2026, 11, 5), state=State.NOT_KNOWN),
        DayEntry(day=date(2026, 11, 20), state=State.HEADACHE, severity=2, intakes=(IntakeEntry(None),)),
    )
    DiaryDay.objects.filter(patient=patient, day=date(2026, 11, 3)).update(entered_late=True, source=Source.LINK)
    DayContext.objects.create(patient=patient, day=date(2026, 11, 3), menstruation=True, sleep_minutes=370)
    begin = at(date(2026, 11, 3), 21, 10)
    Attack.objects.create(
        patient=patient,
        first_day=date(2026, 11, 3),
        last_day=date(2026, 11, 4),
        started_at=begin,
        started_offset=60,
        ended_at=begin + timedelta(hours=8, minutes=20),
        ended_offset=60,
        pain=8,
        severity=3,
        unilateral=True,
        nausea=True,
        vomiting=False,
        aura=True,
        aura_minutes=20,
        triggers=["Storm"],
        source=Source.LINK,
    )
