"""What the medicine names of a file stand for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.diary.choices import Relief
from apps.diary.entries import IntakeEntry
from apps.diary.facts import sorted_intakes
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading, ReadIntake
from apps.diary.models.intake import MOST_DOSES

_RELIEF_ORDER = ("none", "some", "full")


@dataclass(frozen=True, slots=True)
class Meant:
    """code: of the catalogue; None for something, not known what. acute: False leaves the name out of the diary."""

    code: str | None = None
    acute: bool = True


Meanings = Mapping[str, Meant]


class UnknownNames(Exception):
    """Nobody has said yet what these names stand for."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(", ".join(self.names))


def names_in(reading: Reading) -> Counter[str]:
    """The medicine names of a file and on how many rows each occurs."""
    rows: list[ReadDay | ReadAttack] = [*reading.days, *reading.attacks]
    return Counter(name for row in rows for name in {intake.name for intake in row.taken})


def intakes_meant(taken: Iterable[ReadIntake], names: Meanings) -> tuple[IntakeEntry, ...]:
    """The medicines of one row: names that mean the same are one medicine, of which the doses are added.

    More than 20 doses are recorded as 20: days are counted, and the database holds no more.
    """
    found: dict[str | None, IntakeEntry] = {}
    for intake in taken:
        meant = names[intake.name]
        if meant.acute:
            entry = IntakeEntry(meant.code, min(intake.doses, MOST_DOSES), _recorded(intake))
            found[meant.code] = added(found.get(meant.code), entry)
    return sorted_intakes(found.values())


def added(first: IntakeEntry | None, second: IntakeEntry) -> IntakeEntry:
    """One medicine of two attacks of the same file: doses added, the better relief."""
    if first is None:
        return second
    return IntakeEntry(second.code, min(first.doses + second.doses, MOST_DOSES), _better(first, second))


def most_of(first: IntakeEntry | None, second: IntakeEntry) -> IntakeEntry:
    """One medicine that a file gives for the day and for an attack on it: the same doses, said twice."""
    if first is None:
        return second
    return IntakeEntry(second.code, max(first.doses, second.doses), _better(first, second))


def _better(first: IntakeEntry, second: IntakeEntry) -> Relief | None:
    given = [relief for relief in (first.relief, second.relief) if relief is not None]
    return max(given, key=lambda relief: _RELIEF_ORDER.index(relief.value), default=None)


def _recorded(intake: ReadIntake) -> Relief | None:
    return None if intake.relief is None else Relief(intake.relief.value)
