"""What an instrument answers with: bands, scales, alerts and the score itself."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.clinical.findings import Certainty


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of totals with a name: lowest and highest total, both included."""

    lowest: int
    highest: int | None
    label: str

    def __contains__(self, total: object) -> bool:
        return isinstance(total, int) and total >= self.lowest and (self.highest is None or total <= self.highest)


@dataclass(frozen=True, slots=True)
class Category:
    """A result that is a name and no number, as of a triage."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that needs a person now, whatever the total is."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class MeaningfulChange:
    """Where the difference of two results begins to matter, in points, by a source.

    surely: a difference of at least this matters. undecided_from: a smaller one does not; from
    here up to `surely` the sources differ. Without it every smaller difference does not matter.
    Sources often speak of improvement only; here a difference counts in both directions.
    """

    surely: Decimal
    source: str
    certainty: Certainty
    undecided_from: Decimal | None = None

    def matters(self, earlier: Decimal | int, later: Decimal | int) -> bool | None:
        """Whether the difference matters; None when the sources differ about it."""
        difference = abs(Decimal(later) - Decimal(earlier))
        if difference >= self.surely:
            return True
        if self.undecided_from is not None and difference >= self.undecided_from:
            return None
        return False


@dataclass(frozen=True, slots=True)
class Subscale:
    """A part of an instrument that has a result of its own.

    items: the keys it is made of. lowest, highest: its range, both included; decimals: places it is
    given with. bands: named stretches of it, for whole numbers. cut_off: positive from here on, or
    up to here when lower is worse. meaningful_change: what the source says of a difference.
    """

    code: str
    label: str
    items: tuple[str, ...]
    lowest: int
    highest: int
    bands: tuple[Band, ...] = ()
    cut_off: int | None = None
    higher_is_worse: bool = True
    decimals: int = 0
    meaningful_change: MeaningfulChange | None = None

    def scored(self, value: Decimal | int, *, prorated: bool = False) -> "SubScore":
        """Make the result of a value that may be given. Raises ValueError when it can't occur."""
        exact = Decimal(value)
        if not self.lowest <= exact <= self.highest:
            raise ValueError(f"{self.label}: enter a number from {self.lowest} to {self.highest}")
        if exact != round(exact, self.decimals):
            raise ValueError(f"{self.label}: enter at most {self.decimals} decimals")
        return SubScore(
            code=self.code,
            label=self.label,
            value=exact,
            band=next((band.label for band in self.bands if int(exact) in band), None),
            positive=self._positive(exact),
            prorated=prorated,
        )

    def refused(self, reason: str) -> "SubScore":
        """Make the result of answers from which none may be given."""
        return SubScore(code=self.code, label=self.label, value=None, reasons=(f"{self.label}: {reason}",))

    def change_matters(self, earlier: Decimal | int, later: Decimal | int) -> bool | None:
        """Whether the source calls the difference of two results meaningful; None when it does not say."""
        return self.meaningful_change.matters(earlier, later) if self.meaningful_change else None

    def _positive(self, value: Decimal) -> bool | None:
        if self.cut_off is None:
            return None
        return value >= self.cut_off if self.higher_is_worse else value <= self.cut_off


@dataclass(frozen=True, slots=True)
class SubScore:
    """The result of one scale. value: None when it may not be given; `reasons` then say why."""

    code: str
    label: str
    value: Decimal | None
    band: str | None = None
    positive: bool | None = None
    prorated: bool = False
    reasons: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the result as plain JSON values; the value as text, so that 45.7 stays 45.7."""
        return {
            "code": self.code,
            "label": self.label,
            "value": None if self.value is None else str(self.value),
            "band": self.band,
            "positive": self.positive,
            "prorated": self.prorated,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one administration.

    total: None when it may not be given, and for an instrument that has none; `reasons` say, as
    sentences, why anything is not given.
    band: the name of the total's band, or of the category. finer_band: a finer division of it.
    prorated: the total, or a scale, was estimated from incomplete answers.
    positive: the screen is at or beyond its cut-off; None when there is no result or no cut-off.
    alerts: raised also when the total is refused.
    category: the code of a result that is a name and no number. subscores: the scales' results.
    notes: what else a reader must know of this result, as sentences.
    """

    instrument: str
    version: str
    total: int | None
    band: str | None = None
    prorated: bool = False
    positive: bool | None = None
    alerts: tuple[Alert, ...] = ()
    reasons: tuple[str, ...] = ()
    finer_band: str | None = None
    category: str | None = None
    subscores: tuple[SubScore, ...] = ()
    notes: tuple[str, ...] = ()

    def subscore(self, code: str) -> SubScore:
        """Give the result of one scale. Raises KeyError when the instrument has no such scale."""
        for each in self.subscores:
            if each.code == code:
                return each
        raise KeyError(code)

    def as_dict(self) -> dict[str, Any]:
        """Give the score as plain JSON values."""
        return {
            "instrument": self.instrument,
            "version": self.version,
            "total": self.total,
            "band": self.band,
            "finer_band": self.finer_band,
            "category": self.category,
            "prorated": self.prorated,
            "positive": self.positive,
            "subscores": [each.as_dict() for each in self.subscores],
            "alerts": [{"code": alert.code, "message": alert.message} for alert in self.alerts],
            "notes": list(self.notes),
            "reasons": list(self.reasons),
        }
