"""The patient's page in words: short, calm, nothing that names a person or a diagnosis."""

from dataclasses import dataclass
from datetime import date

from apps.clinical.counting import Count, days_word
from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import MONTH_NAMES
from apps.diary.choices import EntryKind, Severity, Source, State
from apps.diary.models import Attack, DiaryDay
from apps.diary.selectors.links import LastDays
from apps.medicines.models import Medicine
from apps.patients.models import Patient

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SAVED = {
    EntryKind.NONE: "Saved: no headache.",
    EntryKind.ATTACK: "Saved: headache.",
    EntryKind.ONGOING: "Saved: still going on.",
    EntryKind.DETAILS: "Saved: details.",
    EntryKind.CORRECT: "Saved: day changed.",
    EntryKind.ABOUT: "Saved.",
}
CHANGED_BY_CLINIC = "The clinic changed this day."
_MARKS = {Source.CLINIC: "The clinic wrote this day down.", Source.IMPORT: "Read in from your app by the clinic."}


@dataclass(frozen=True)
class DayLine:
    """One day in the list. words: what is recorded; mark: who else had a hand in it, empty when nobody had."""

    day: date
    label: str
    words: str
    mark: str
    recorded: bool


@dataclass(frozen=True)
class AttackLine:
    """A headache of the day to which details can be added."""

    pk: int
    words: str


def initials(patient: Patient) -> str:
    """The only thing on the page that says whose it is: enough to notice another person's link."""
    return f"{patient.given_name[:1]}.{patient.family_name[:1]}.".upper()


def day_label(day: date, today: date) -> str:
    """Like "Today, Sun 22 Nov"."""
    plain = f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1][:3]}"
    if day == today:
        return f"Today, {plain}"
    return f"Yesterday, {plain}" if day == today - ONE_DAY else plain


def lines(days: LastDays, window: Period, today: date) -> list[DayLine]:
    """The days of the window, the latest first."""
    return [day_line(day, days, today) for day in reversed(list(window))]


def day_line(day: date, days: LastDays, today: date) -> DayLine:
    row = days.rows.get(day)
    mark = "" if row is None else _MARKS.get(Source(row.source), "")
    if days.changed_by_clinic(day):
        mark = CHANGED_BY_CLINIC
    return DayLine(
        day=day,
        label=day_label(day, today),
        words=day_words(row) if row else "Not entered",
        mark=mark,
        recorded=row is not None,
    )


def day_words(row: DiaryDay) -> str:
    """Like "Moderate headache, rizatriptan × 1"."""
    pieces = [_state_words(row)]
    pieces += [_intake_words(intake.medicine, intake.doses, intake.note) for intake in row.intakes.all()]
    if row.intakes_known and len(pieces) == 1 and row.state == State.HEADACHE:
        pieces.append("no medicine")
    return ", ".join(pieces)


def agreed_line(agreed: int, month: Count) -> str:
    """Like "Agreed: at most 8 days a month with any acute medicine. Used this month so far: 5"."""
    number = str(month.interval.lower)
    if not month.interval.exact:
        number = f"at least {number}" if month.interval.lower else "none entered"
    return f"Agreed: at most {days_word(agreed)} a month with any acute medicine. Used this month so far: {number}"


def attack_lines(days: LastDays, day: date) -> list[AttackLine]:
    """The patient's own headaches that touch a day, oldest first."""
    own = [
        attack for attack in days.attacks if attack.source == Source.LINK and attack.first_day <= day <= attack.last_day
    ]
    return [AttackLine(attack.pk, _attack_words(attack, number, len(own))) for number, attack in enumerate(own, 1)]


def saved_sentence(kind: str) -> str:
    """What became of the entry, said after saving; empty for a kind that nobody knows."""
    return _SAVED[EntryKind(kind)] if kind in EntryKind.values else ""


def _state_words(row: DiaryDay) -> str:
    if row.state != State.HEADACHE:
        return {State.NONE: "No headache", State.NOT_KNOWN: "Not known"}[State(row.state)]
    return f"{Severity(row.severity).label} headache" if row.severity else "Headache"


def _intake_words(medicine: Medicine | None, doses: int, note: str) -> str:
    name = medicine.generic_name if medicine else note or "another medicine"
    return f"{name} × {doses}"


def _attack_words(attack: Attack, number: int, how_many: int) -> str:
    which = "the headache" if how_many == 1 else f"headache {number}"
    return f"Add details to {which}"
