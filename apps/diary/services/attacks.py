"""The described attacks behind a patient's days: added, continued, completed, taken back."""

from datetime import date, datetime, timedelta

from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import short_date
from apps.core.writing import Refused, author_of
from apps.diary.choices import Source, State
from apps.diary.models import Attack
from apps.diary.selectors.links import open_attack
from apps.diary.services.patient_days import PatientDays
from apps.diary.told import Details, MoreDetails, NewAttack

_OWN = "This headache was written down by the clinic. To change it, telephone the clinic."


# By so much a phone's clock may be ahead of ours.
CLOCKS_DIFFER = timedelta(minutes=5)


def add_attack(diary: PatientDays, day: date, attack: NewAttack) -> None:
    """Record an attack and mark every day it touches; what was taken belongs to `day`.

    Raises Refused when the times contradict each other or reach a day that the clinic wrote down otherwise.
    """
    days = _days_touched(diary, attack.details, Period(day, day))
    row = Attack(
        patient=diary.patient,
        first_day=days.first,
        last_day=days.last,
        severity=attack.severity,
        source=Source.LINK,
        created_by=author_of(diary.by),
    )
    _describe(row, attack.details)
    row.save()
    diary.mark(day, severity=attack.severity, function=attack.details.function, medicines=attack.medicines)
    for other in days:
        if other != day:
            _mark_beside(diary, other, attack.severity)


def continue_attack(diary: PatientDays, day: date) -> None:
    """The headache of the day before goes on: the attack reaches this day, whose severity nobody has asked.

    Raises Refused when there is no open attack on the day before.
    """
    attack = open_attack(diary.days, day)
    if attack is None:
        raise Refused(
            {"day": [f"There is no headache before {short_date(day)} that could go on. Enter it as a new one."]}
        )
    if attack.last_day < day:
        attack.last_day = day
        _save_again(attack)
    diary.mark(day)


def complete_attack(diary: PatientDays, day: date, more: MoreDetails) -> None:
    """Add to an attack what was not said before; what was skipped stays as it is.

    Raises Refused when the attack is not among the patient's own of that day.
    """
    attack = next((each for each in diary.attacks_on(day) if each.pk == more.attack_id), None)
    if attack is None:
        raise Refused({"day": ["This headache is not in the diary any more. Open the page again."]})
    if attack.source != Source.LINK:
        raise Refused({"day": [_OWN]})
    days = _days_touched(diary, more.details, Period(attack.first_day, attack.last_day), attack)
    attack.first_day, attack.last_day = days.first, days.last
    attack.severity = more.severity or attack.severity
    _describe(attack, more.details)
    _save_again(attack)
    diary.mark(day, severity=more.severity, function=more.details.function)
    _answer_about_medicines(diary, day, more.details)
    for other in days:
        if other != day:
            _mark_beside(diary, other, more.severity)


def take_out(diary: PatientDays, day: date) -> None:
    """Let no attack touch a day: a day without headache. An attack over several days keeps the others.

    Raises Refused when an attack of the clinic's touches the day.
    """
    for attack in diary.attacks_on(day):
        if attack.source != Source.LINK:
            raise Refused({"day": [_OWN]})
        if attack.first_day == attack.last_day:
            attack.delete()
            continue
        if attack.first_day == day:
            attack.first_day = day + ONE_DAY
            attack.started_at = attack.started_offset = None
        else:
            attack.last_day = day - ONE_DAY
        attack.ended_at = attack.ended_offset = None
        _save_again(attack)


def follow_severity(diary: PatientDays, day: date, severity: int | None) -> None:
    """A corrected day corrects its attack, where one and no other stands for the day."""
    attacks = diary.attacks_on(day)
    if len(attacks) == 1 and attacks[0].source == Source.LINK and attacks[0].first_day == attacks[0].last_day:
        attacks[0].severity = severity
        _save_again(attacks[0])


def _days_touched(diary: PatientDays, details: Details, days: Period, attack: Attack | None = None) -> Period:
    """The days from begin to end by the patient's clock. Raises Refused when they are no such days of the link."""
    _check_times(diary, details, attack)
    started, ended = details.started, details.ended
    first = started.date() if started else days.first
    last = ended.date() if ended else days.last
    if first > days.last:
        raise Refused({"started": [f"Enter a beginning on or before {short_date(days.last)}."]})
    if last < days.first:
        raise Refused({"ended": [f"Enter an end on or after {short_date(days.first)}."]})
    earliest = min(diary.window.first, days.first)
    if first < earliest:
        raise Refused({"started": [f"Enter a beginning from {short_date(earliest)} on; earlier days, by telephone."]})
    return Period(first, max(first, last))


def _check_times(diary: PatientDays, details: Details, attack: Attack | None) -> None:
    begin = details.started or (attack.started_at if attack else None)
    for field, moment in (("started", details.started), ("ended", details.ended)):
        if moment is not None and moment > diary.written_at + CLOCKS_DIFFER:
            raise Refused({field: ["Enter a time that is over. What goes on now has no end yet."]})
    if details.ended is None:
        return
    if begin is None:
        raise Refused({"started": ["Enter when it began, too: an end alone does not say how long it was."]})
    if details.ended < begin:
        raise Refused({"ended": ["Enter an end after the beginning."]})


def _mark_beside(diary: PatientDays, day: date, severity: int | None) -> None:
    """Mark another day of the same attack. A headache day that the clinic wrote down says so already."""
    row = diary.row(day)
    if row is not None and row.source != Source.LINK and row.state == State.HEADACHE:
        return
    diary.require_own(day)
    diary.mark(day, severity=severity)


def _describe(attack: Attack, details: Details) -> None:
    for name, present in details.features.items():
        setattr(attack, name, present)
    for name, words in details.words.items():
        setattr(attack, name, list(words))
    if details.aura_minutes and not attack.aura:
        raise Refused({"aura_minutes": ["Answer “Aura” with yes, or leave the minutes empty."]})
    # Only an aura has a length; a "no" afterwards takes it away again.
    attack.aura_minutes = (details.aura_minutes or attack.aura_minutes) if attack.aura else None
    if details.started:
        attack.started_at, attack.started_offset = details.started, _offset(details.started)
    if details.ended:
        attack.ended_at, attack.ended_offset = details.ended, _offset(details.ended)
    attack.note = details.note or attack.note


def _offset(moment: datetime) -> int:
    """Minutes from UTC where the patient was."""
    distance = moment.utcoffset()
    return int(distance.total_seconds() // 60) if distance is not None else 0


def _answer_about_medicines(diary: PatientDays, day: date, details: Details) -> None:
    """What the medicines of the day did, told afterwards."""
    row = diary.row(day)
    if row is None or (details.relief is None and details.before_pain is None):
        return
    answers: dict[str, object] = {}
    if details.relief is not None:
        answers["relief"] = details.relief
    if details.before_pain is not None:
        answers["taken_before_pain"] = details.before_pain
    row.intakes.update(**answers)


def _save_again(attack: Attack) -> None:
    attack.version += 1
    attack.save()
