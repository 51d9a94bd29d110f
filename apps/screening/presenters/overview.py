"""The screening page: what is due, and each instrument with its last result, by group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from apps.clinical.instruments import Instrument, instrument
from apps.clinical.schedule import Due, due_at_visit
from apps.core.dates import short_date
from apps.patients.models import Patient
from apps.screening.groups import grouped
from apps.screening.models import Administration
from apps.screening.offered import offered_instruments
from apps.screening.presenters.recall import RecallWords
from apps.screening.presenters.words import ScoreWords, change_words, latest_words
from apps.screening.schedule import clinic_schedule
from apps.screening.selectors import LatestScore


@dataclass(frozen=True)
class DueLine:
    """One instrument that is due: why, when it was last answered, and what narrows it ("optional", "if neck pain")."""

    code: str
    label: str
    why: str
    last: str
    remark: str
    begun: bool


@dataclass(frozen=True)
class InstrumentLine:
    """One instrument on the page: its last result in words, what changed, and what can be done."""

    code: str
    label: str
    about: str
    score: ScoreWords | None
    changes: list[str]
    change_rule: str
    unfinished: Administration | None
    due: bool
    recall: RecallWords | None


@dataclass(frozen=True)
class InstrumentGroup:
    """Instruments under one heading: those with a result or begun, and those never asked."""

    title: str
    answered: list[InstrumentLine]
    never: list[InstrumentLine]


def due_lines(latest: Iterable[LatestScore], unfinished: Mapping[str, Administration], *, on: date) -> list[DueLine]:
    """What is due at a visit on a day, what must be asked first and what may be last."""
    days = {score.code: score.answered_on for score in latest}
    due = due_at_visit(clinic_schedule(), days, on=on)
    return [_due_line(each, unfinished) for each in sorted(due, key=lambda each: bool(_remark(each)))]


def groups(
    patient: Patient,
    latest: Iterable[LatestScore],
    unfinished: Mapping[str, Administration],
    *,
    due: Iterable[DueLine],
    recalls: Mapping[str, RecallWords],
) -> list[InstrumentGroup]:
    """Every instrument that can be asked, answered or not, by group."""
    by_code = {score.code: score for score in latest}
    due_codes = {line.code for line in due}

    def line(found: Instrument) -> InstrumentLine:
        last = by_code.get(found.code)
        return InstrumentLine(
            code=found.code,
            label=found.short_title,
            about=found.about,
            score=latest_words(last, patient.pk) if last else None,
            changes=change_words(last) if last else [],
            change_rule=found.change_that_matters,
            unfinished=unfinished.get(found.code),
            due=found.code in due_codes,
            recall=recalls.get(found.code),
        )

    return [_group(title, [line(found) for found in members]) for title, members in grouped(offered_instruments())]


def _group(title: str, lines: list[InstrumentLine]) -> InstrumentGroup:
    answered = [line for line in lines if line.score or line.unfinished]
    return InstrumentGroup(title, answered, [line for line in lines if line not in answered])


def _due_line(due: Due, unfinished: Mapping[str, Administration]) -> DueLine:
    code = due.scheduled.code
    return DueLine(
        code=code,
        label=instrument(code).short_title,
        why=due.scheduled.rhythm.label,
        last=short_date(due.last) if due.last else "never",
        remark=_remark(due),
        begun=code in unfinished,
    )


def _remark(due: Due) -> str:
    if due.scheduled.optional:
        return "optional"
    return f"if {due.scheduled.only_when}" if due.scheduled.only_when else ""
