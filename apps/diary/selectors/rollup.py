"""Counting many patients at once from their acute months, in the database: days as bits, patients as rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.aggregates import BitOr
from django.db.models import BigIntegerField, DateField, Expression, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from apps.clinical import completeness as complete
from apps.clinical.acute_days import ALL_TOGETHER, PER_CLASS
from apps.clinical.counting import Count
from apps.clinical.diary import OveruseClass
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule
from apps.diary.models import AcuteMonth
from apps.diary.models.rollup import MASK_OF
from apps.patients.models import Patient

MASKS: Final = ("recorded", "list_known", "acute", *MASK_OF.values(), "opioid_inside", "butalbital_inside")

# A month's bits are moved up by its distance from the window's first day and this much more: a month that begins
# before the window would otherwise have to move down, and PostgreSQL's operator for up can't.
_HEADROOM: Final = 30
# 64 bits hold a window of this length with what falls out on both sides.
LONGEST_WINDOW: Final = 32
_EVERY_BIT: Final = -1


@dataclass(frozen=True, slots=True)
class WindowBits:
    """One patient's window as bits, bit 0 its first day. Counts are the rule book's, with the rule book's ids."""

    window: Period
    bits: Mapping[str, int]

    @property
    def acute(self) -> Count:
        """Acute medication days, all medicines together."""
        return self._intakes(("acute",), ALL_TOGETHER)

    def of_classes(self, classes: Iterable[OveruseClass]) -> Count:
        """Days with a medicine of these classes."""
        return self.of_masks([MASK_OF[each] for each in classes])

    def of_masks(self, names: Collection[str]) -> Count:
        """Days with a medicine of any of these columns of `AcuteMonth`."""
        return self._intakes(names, PER_CLASS)

    @property
    def completeness(self) -> complete.Completeness:
        """How many days of the window say headache or no headache."""
        recorded = self.bits["recorded"]
        return complete.of_count(self._count(complete.RULE, recorded, self._all & ~recorded))

    @property
    def _all(self) -> int:
        return (1 << len(self.window)) - 1

    def _intakes(self, names: Collection[str], rule: Rule) -> Count:
        taken = reduce(or_, (self.bits[name] for name in names), 0)
        answered = self.bits["list_known"] & ~self.bits["not_identified"]
        return self._count(rule, taken, self._all & ~(taken | answered))

    def _count(self, rule: Rule, counted: int, not_known: int) -> Count:
        return Count(rule.id, rule.version, self.window, self._days(counted), self._days(not_known))

    def _days(self, bits: int) -> tuple[date, ...]:
        return tuple(day for place, day in enumerate(self.window) if bits >> place & 1)


class _Places(Func):
    """By how many places the bits of a month move: the days from a window's first day to the month's first, and more."""

    template = f"(%(expressions)s + {_HEADROOM})"
    arg_joiner = " - "
    output_field = IntegerField()


class _MovedUp(Func):
    template = "(%(expressions)s)"
    arg_joiner = " << "
    output_field = BigIntegerField()


class _BitCount(Func):
    """How many bits are set."""

    template = "bit_count((%(expressions)s)::bit(64))"
    output_field = IntegerField()


def months_of(window: Period) -> list[date]:
    """The first days of the calendar months that a window touches: two, or three around a short February."""
    return sorted({day.replace(day=1) for day in window})


def window_bits(patients: QuerySet[Patient], window: Period, names: Sequence[str] = MASKS) -> QuerySet[Any, Any]:
    """A row for each of the patients of whose window anything may be known: `patient_id`, and the bits of each mask.

    The bits also hold days beside the window: read them through `days_with`, `days_at_most` or `window_bits_of`.
    Raises ValueError when the window is longer than 32 days.
    """
    if len(window) > LONGEST_WINDOW:
        raise ValueError(f"a window of {len(window)} days does not fit")
    places = _Places(F("month"), Value(window.first, DateField()))
    return (
        AcuteMonth.objects.filter(month__in=months_of(window), patient__in=patients.order_by())
        .order_by()
        .values("patient_id")
        .annotate(**{f"bits_{name}": BitOr(_MovedUp(Cast(name, BigIntegerField()), places)) for name in names})
    )


def days_with(names: Collection[str], window: Period) -> Expression:
    """On rows of `window_bits`: how many days certainly have one of the masks, the lower end of a count."""
    return _BitCount(_any_of(names).bitand(_window_mask(window)))


def days_at_most(names: Collection[str], window: Period) -> Any:
    """On rows of `window_bits`: on how many days a medicine of these masks may have been taken, the upper end.

    All but those of which the list of medicines is complete, identified, and does not hold one.
    """
    answered = _but_not(F("bits_list_known"), F("bits_not_identified"))
    without = _but_not(answered, _any_of(names)).bitand(_window_mask(window))
    return Value(len(window)) - _BitCount(without)


def window_bits_of(row: Mapping[str, int], window: Period, names: Sequence[str] = MASKS) -> WindowBits:
    """A row of `window_bits` as the counts of one patient."""
    inside = _window_mask(window)
    return WindowBits(window, {name: (row[f"bits_{name}"] & inside) >> _HEADROOM for name in names})


def nothing_known(window: Period) -> WindowBits:
    """The window of a patient who has no row."""
    return WindowBits(window, dict.fromkeys(MASKS, 0))


def bits_by_patient(patients: QuerySet[Patient], window: Period) -> dict[UUID, WindowBits]:
    """The window of each patient of whom anything may be known. One query."""
    return {row["patient_id"]: window_bits_of(row, window) for row in window_bits(patients, window)}


def acute_days_of_month(patient: Patient, on: date) -> Count:
    """Acute medication days of the running calendar month up to a day, all medicines together. One query."""
    so_far = Period(on.replace(day=1), on)
    found = bits_by_patient(Patient.objects.filter(pk=patient.pk), so_far)
    return found.get(patient.pk, nothing_known(so_far)).acute


# Django's own annotations take whole numbers only, its expressions also take each other.


def _any_of(names: Collection[str]) -> Any:
    columns: list[Any] = [F(f"bits_{name}") for name in names]
    return reduce(lambda joined, each: joined.bitor(each), columns)


def _but_not(bits: Any, others: Any) -> Any:
    return bits.bitand(others.bitxor(_EVERY_BIT))


def _window_mask(window: Period) -> int:
    return ((1 << len(window)) - 1) << _HEADROOM
