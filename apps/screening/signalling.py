"""The nightly look at the whole clinic: who has reached a limit of acute medicines, or is near one.

A number of patients at a time, each number with the same few queries. Running it again changes nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import structlog
from django.conf import settings
from django.utils import timezone

from apps.clinical.periods import Period, window_ending
from apps.core.writing import SystemProcess, author_of, writes
from apps.diary.selectors.rollup import bits_by_patient, nothing_known
from apps.patients.models import Patient
from apps.screening.choices import SignalLevel, SignalState, WithdrawalState
from apps.screening.models import Allowance, OveruseSignal, SignalSilence, WithdrawalPlan
from apps.screening.signal_readings import Reading, allowance_reading, limit_readings, relapse_reading

NIGHTLY: Final = SystemProcess("overuse signals")
BATCH: Final = 500
# What was acted on shows in a window of its own at the earliest: until then the same level is not said again.
ANSWER_HOLDS: Final = datetime.timedelta(days=30)
LOUDNESS: Final = {SignalLevel.NEAR.value: 1, SignalLevel.REACHED.value: 2}

logger = structlog.get_logger(__name__)
Key = tuple[UUID, str]


@dataclass
class Fired:
    """What one look did, in numbers of signals."""

    fired: int = 0
    changed: int = 0
    passed: int = 0


@dataclass
class _Known:
    """What is known about the patients of a batch beside their diaries."""

    open: dict[Key, OveruseSignal] = field(default_factory=dict)
    acted_on: dict[Key, int] = field(default_factory=dict)
    silenced: set[Key] = field(default_factory=set)
    agreed: dict[UUID, dict[str, int]] = field(default_factory=dict)
    ended: dict[UUID, datetime.date] = field(default_factory=dict)


def fire_overuse_signals(today: datetime.date) -> Fired:
    """Open signals about what was reached by `today`, and let those pass that are certainly no longer so.

    One signal of a patient and subject at a time; none while it is silenced, and for 30 days after somebody acted on
    it only when it has become louder. An open signal changes its level and days. It stays open while days that are not
    known would decide.
    """
    done = Fired()
    for patients in _batches():
        counted = _fire(patients=patients, today=today, by=NIGHTLY)
        done.fired += counted.fired
        done.changed += counted.changed
        done.passed += counted.passed
    logger.info("overuse signals", **done.__dict__)
    return done


def _batches() -> Iterator[list[UUID]]:
    """The clinic's patients in the order of their keys."""
    after: UUID | None = None
    while True:
        rest = Patient.objects.order_by("pk").values_list("pk", flat=True)
        batch = list((rest.filter(pk__gt=after) if after else rest)[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1]


@writes
def _fire(*, patients: list[UUID], today: datetime.date, by: SystemProcess) -> Fired:
    window = window_ending(today)
    bits = bits_by_patient(Patient.objects.filter(pk__in=patients), window)
    known = _known(patients, today)
    done = Fired()
    new: list[OveruseSignal] = []
    moved: list[OveruseSignal] = []
    with_entries_or_signals = bits.keys() | {patient for patient, _ in known.open}
    for patient in sorted(with_entries_or_signals):
        readings = _readings(bits.get(patient) or nothing_known(window), patient, known)
        for subject in readings.keys() | {subject for owner, subject in known.open if owner == patient}:
            reading = readings.get(subject, Reading(subject, None, 0, is_over=True))
            if signal := known.open.get((patient, subject)):
                if _follow(signal, reading, window):
                    moved.append(signal)
                    done.passed += signal.state == SignalState.PASSED
                    done.changed += signal.state == SignalState.OPEN
            elif level := _news(reading, (patient, subject), known):
                new.append(_signal(patient, reading, level, window, by))
    done.fired = len(new)
    # A second look at the same time finds the signal open and leaves it.
    OveruseSignal.objects.bulk_create(new, ignore_conflicts=True)
    OveruseSignal.objects.bulk_update(moved, ["level", "days", "window_ends_on", "state", "answered_at"])
    return done


def _known(patients: list[UUID], today: datetime.date) -> _Known:
    """Five queries, whatever the number of patients."""
    theirs: dict[str, Any] = {"patient__in": patients}
    known = _Known()
    for signal in OveruseSignal.objects.select_for_update().filter(**theirs, state=SignalState.OPEN):
        known.open[signal.patient_id, signal.subject] = signal
    since = timezone.now() - ANSWER_HOLDS
    acted_on = OveruseSignal.objects.filter(**theirs, state=SignalState.ACTED_ON, answered_at__gt=since)
    for patient, subject, level in acted_on.values_list("patient_id", "subject", "level"):
        known.acted_on[patient, subject] = max(known.acted_on.get((patient, subject), 0), LOUDNESS[level])
    silences = SignalSilence.objects.filter(**theirs, lifted_at__isnull=True, starts_on__lte=today, until__gte=today)
    known.silenced.update(silences.values_list("patient_id", "subject"))
    agreements = Allowance.objects.filter(**theirs, ended_at__isnull=True)
    for patient, ration, days in agreements.values_list("patient_id", "ration", "days"):
        known.agreed.setdefault(patient, {})[ration] = days
    watched = WithdrawalPlan.objects.filter(
        **theirs, state=WithdrawalState.WATCHING, ended_on__lt=today, watched_until__gte=today
    )
    known.ended.update(
        (plan.patient_id, plan.ended_on) for plan in watched.only("patient_id", "ended_on") if plan.ended_on
    )
    return known


def _readings(bits: Any, patient: UUID, known: _Known) -> Mapping[str, Reading]:
    readings: Iterable[Reading] = limit_readings(bits, SignalLevel(settings.OVERUSE_SIGNAL_LEVEL))
    if agreed := known.agreed.get(patient):
        readings = [*readings, allowance_reading(bits, agreed)]
    if ended_on := known.ended.get(patient):
        readings = [*readings, relapse_reading(bits, ended_on)]
    return {reading.subject: reading for reading in readings}


def _follow(signal: OveruseSignal, reading: Reading, window: Period) -> bool:
    """Bring an open signal to what is so now; False when nothing has changed."""
    if reading.is_over:
        signal.state = SignalState.PASSED
        signal.answered_at = timezone.now()
        return True
    if reading.level is None or (signal.level, signal.days) == (reading.level, reading.days):
        return False
    signal.level, signal.days, signal.window_ends_on = reading.level, reading.days, window.last
    return True


def _news(reading: Reading, key: Key, known: _Known) -> SignalLevel | None:
    """The level of which nobody has heard yet, if there is one."""
    if reading.level is None or key in known.silenced:
        return None
    return reading.level if LOUDNESS[reading.level] > known.acted_on.get(key, 0) else None


def _signal(patient: UUID, reading: Reading, level: SignalLevel, window: Period, by: SystemProcess) -> OveruseSignal:
    return OveruseSignal(
        patient_id=patient,
        subject=reading.subject,
        level=level,
        days=reading.days,
        window_ends_on=window.last,
        created_by=author_of(by),
    )
