"""The list: every day as a line of words, newest first, and the days nobody wrote down between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from apps.core.dates import short_date
from apps.core.navigation import url_or_none
from apps.diary.choices import Exposure, Function, Relief, Severity, Source, State
from apps.diary.list_choices import Show
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay
from apps.diary.presenters.attacks import AttackWords, attack_words, duration_words
from apps.diary.presenters.month import day_anchor
from apps.diary.selectors.pictures import Stretch
from apps.patients.models import Patient

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TONES = {State.HEADACHE: "plain", State.NONE: "good", State.NOT_KNOWN: "warn"}


@dataclass(frozen=True)
class ListLine:
    """One day, or a run of days that one line can tell.

    A run of days: nothing written on any of them, or nothing but "no headache". state, tone: the tag that says what the day was. medicines, besides: a sentence each. sources: how the day and its
    attacks came into the clinic, each once.
    """

    when: str
    url: str
    state: str
    tone: str
    function: str = ""
    attacks: tuple[AttackWords, ...] = ()
    medicines: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which lines to show; source is None for any."""

    show: Show = Show.ALL
    source: Source | None = None

    @property
    def gaps(self) -> bool:
        """Days nobody wrote down have neither headache nor medicine nor source."""
        return self.show in (Show.ALL, Show.NOT_KNOWN) and self.source is None

    def day(self, told: "_Told") -> bool:
        """Whether a day is to be shown."""
        if self.source is not None and self.source not in {each.source for each in (told.row, *told.attacks) if each}:
            return False
        state = told.row.state if told.row else None
        return {
            Show.ALL: True,
            Show.HEADACHE: state == State.HEADACHE or bool(told.attacks),
            Show.MEDICINE: bool(told.row and told.row.intakes.all()),
            Show.NOT_KNOWN: state in (State.NOT_KNOWN, None),
        }[self.show]


@dataclass(frozen=True)
class _Told:
    """Everything that is recorded of one date."""

    day: date
    row: DiaryDay | None
    attacks: tuple[Attack, ...]
    context: DayContext | None

    @property
    def nothing(self) -> bool:
        return self.row is None and not self.attacks

    @property
    def run(self) -> object:
        """The same for neighbours that one line can tell together: nothing written, or nothing but "no headache"."""
        if self.nothing:
            return "not recorded"
        row = self.row
        if row is None or row.state != State.NONE or row.note or row.entered_late or self.attacks or self.context:
            return self.day
        return (row.source, row.import_batch_id, row.intakes_known) if not row.intakes.all() else self.day


def list_lines(stretch: Stretch, patient: Patient, *, wanted: Wanted, since: date | None) -> list[ListLine]:
    """The wanted days of a stretch, newest first. Days before `since`, the first of the whole diary, are no gaps."""
    told = [each for each in _told(stretch) if not each.nothing or (since is not None and each.day >= since)]
    shown = [each for each in told if (wanted.gaps if each.nothing else wanted.day(each))]
    # Days that follow one another have the same sum of date and place, as the list goes backwards.
    runs = groupby(enumerate(shown), key=lambda pair: (pair[1].day.toordinal() + pair[0], pair[1].run))
    return [_line([each for _, each in run], patient) for _, run in runs]


def _told(stretch: Stretch) -> Iterator[_Told]:
    for day in reversed(stretch.period.days):
        attacks = tuple(each for each in stretch.attacks if each.first_day <= day <= each.last_day)
        yield _Told(day, stretch.rows.get(day), attacks, stretch.contexts.get(day))


def _line(run: Sequence[_Told], patient: Patient) -> ListLine:
    newest, oldest = run[0], run[-1]
    state = "Not recorded" if newest.nothing else _state(newest.row)
    if newest is not oldest:
        state = f"{len(run)} days: {state.lower()}"
    attacks = tuple(attack_words(each, newest.day) for each in newest.attacks)
    row = newest.row
    return ListLine(
        when=_when(oldest.day, newest.day),
        url=_url(oldest.day, patient),
        state=state,
        tone=_TONES[State(row.state)] if row else "warn",
        function=Function(row.function).label if row and row.function is not None else "",
        attacks=attacks,
        medicines=_medicines(row),
        besides=_besides(newest.context),
        note=row.note if row else "",
        sources=_sources(row, attacks),
        late=bool(row and row.entered_late),
    )


def _when(first: date, last: date) -> str:
    """Like "Tue 3 Nov 2026" or "Mon 16 to Tue 17 Nov 2026": month and year once when they are the same."""
    ending = f"{_WEEKDAYS[last.weekday()]} {short_date(last)}"
    if first == last:
        return ending
    parts = short_date(first).split()
    shared = 1 if (first.month, first.year) == (last.month, last.year) else 2 if first.year == last.year else 3
    return f"{_WEEKDAYS[first.weekday()]} {' '.join(parts[:shared])} to {ending}"


def _url(day: date, patient: Patient) -> str:
    month = url_or_none("diary:month", patient_id=patient.pk, month=day.replace(day=1))
    return f"{month}#{day_anchor(day)}" if month else ""


def _state(row: DiaryDay | None) -> str:
    if row is None:
        return "Day not recorded, an attack is"
    if row.severity is not None:
        return f"{Severity(row.severity).label} headache"
    return "Headache, severity not said" if row.state == State.HEADACHE else row.get_state_display()


def _medicines(row: DiaryDay | None) -> tuple[str, ...]:
    if row is None:
        return ()
    taken = [_intake(each) for each in row.intakes.all()]
    if not row.intakes_known:
        return (*taken, "perhaps more" if taken else "not known")
    return tuple(taken) or ("none taken",)


def _intake(intake: AcuteIntake) -> str:
    name = intake.medicine.generic_name if intake.medicine else "something, not known what"
    words = [f"{name} × {intake.doses}"]
    if intake.relief:
        words.append(Relief(intake.relief).label.lower())
    if intake.taken_before_pain:
        words.append("taken before the pain")
    if intake.is_invented:
        words.append("invented for the demo")
    return ", ".join(words)


def _besides(context: DayContext | None) -> tuple[str, ...]:
    if context is None:
        return ()
    words = ["Menstruation"] if context.menstruation else []
    if context.sleep_minutes is not None:
        words.append(f"Slept {duration_words(timedelta(minutes=context.sleep_minutes))}")
    if context.exposures:
        words.append("Present: " + ", ".join(Exposure(each).label.lower() for each in context.exposures))
    return tuple(words)


def _sources(row: DiaryDay | None, attacks: Sequence[AttackWords]) -> tuple[str, ...]:
    own = (
        [] if row is None else [row.import_batch.get_source_display() if row.import_batch else row.get_source_display()]
    )
    return tuple(dict.fromkeys([*own, *(each.source for each in attacks)]))
