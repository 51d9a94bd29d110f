"""Counting failed classes and drugs: a class counts once, whatever the number of its drugs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from apps.clinical.refractory.failure import Reading
from apps.clinical.refractory.trials import Drug
from apps.clinical.three_valued import every, some

EVERYTHING_TRIED = "Whether every preventive ever tried is on the list"
EVERYTHING_ACUTE = "Whether every acute medicine ever tried is on the list"


class DrawnClass(Protocol):
    """A class as a definition draws it."""

    @property
    def label(self) -> str:
        """The class as words for the page."""

    def __hash__(self) -> int: ...


Drawn = TypeVar("Drawn", bound=DrawnClass)


@dataclass(frozen=True, slots=True)
class ClassState:
    """One class or one drug: failed, not failed or not known; the rows that prove it and what would settle it."""

    label: str
    failed: bool | None
    proof: tuple[Reading, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The class with the medicines that prove it."""
        names = ", ".join(dict.fromkeys(reading.name for reading in self.proof))
        return f"{self.label} ({names})" if names and names.lower() != self.label.lower() else self.label


def class_state(
    drawn: DrawnClass,
    readings: Iterable[Reading],
    *,
    complete: bool,
    members: frozenset[str] = frozenset(),
    any_member: bool = True,
) -> ClassState:
    """Give the state of one class from the readings of its drugs.

    complete: everything ever tried is on the list, so that what is not there was not tried. A drug that failed makes
    the class fail. A contraindicated drug does so alone when any_member is set or the contraindication was recorded for
    the whole class; otherwise every one of the members (ingredients) must be contraindicated.
    """
    rows = tuple(readings)
    alone = tuple(row for row in rows if any_member or not row.contraindicated or row.trial.whole_class)
    barred = None if any_member else _all_barred(rows, members)
    answers = [row.failed for row in alone] + ([] if any_member else [barred])
    failed = some([*answers, False if complete else None])
    proof = tuple(row for row in alone if row.failed) or tuple(row for row in rows if row.contraindicated and barred)
    return ClassState(
        drawn.label,
        failed,
        proof if failed else (),
        tuple(question for row in rows for question in row.missing) if failed is None else (),
    )


def class_states(
    classes: Iterable[Drawn],
    readings: Iterable[Reading],
    class_of: Callable[[Drug], Drawn | None],
    *,
    complete: bool,
    members: Mapping[Drawn, frozenset[str]] | None = None,
    any_member: bool = True,
) -> tuple[ClassState, ...]:
    """Give the state of each class; class_of says which class a drug stands in, None for no class."""
    rows = tuple(readings)
    return tuple(
        class_state(
            drawn,
            [row for row in rows if class_of(row.trial.drug) == drawn],
            complete=complete,
            members=(members or {}).get(drawn, frozenset()),
            any_member=any_member,
        )
        for drawn in classes
    )


def drug_states(readings: Iterable[Reading]) -> tuple[ClassState, ...]:
    """Give the state of each drug on the list: two products of one ingredient are one drug."""
    by_ingredient: dict[str, list[Reading]] = {}
    for row in readings:
        by_ingredient.setdefault(row.trial.drug.ingredient, []).append(row)
    return tuple(
        ClassState(
            rows[0].name,
            failed := some(row.failed for row in rows),
            tuple(row for row in rows if row.failed),
            tuple(question for row in rows for question in row.missing) if failed is None else (),
        )
        for rows in by_ingredient.values()
    )


def _all_barred(rows: tuple[Reading, ...], members: frozenset[str]) -> bool | None:
    if not members:
        return False
    barred = {row.trial.drug.ingredient: row.failed for row in rows if row.contraindicated}
    return every(barred.get(member, False) for member in sorted(members))
