"""What every instrument has in common.

Scoring can be repeated from the stored answers at any time and gives the same result for the same
instrument version. A total that the instrument's own missing-item rule does not allow is refused
with a reason, never silently zero. Words speak of a positive screen, never of a diagnosis.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from apps.clinical.findings import Certainty


class LicencePolicy(StrEnum):
    """What of an instrument's text the software may show."""

    SHOW_ITEMS = "A"
    SHOW_AFTER_CONFIRMATION = "B"
    TOTAL_ONLY = "C"

    @property
    def label(self) -> str:
        """The policy as words for the page."""
        return {
            LicencePolicy.SHOW_ITEMS: "items may be shown",
            LicencePolicy.SHOW_AFTER_CONFIRMATION: "items only after the site has permission",
            LicencePolicy.TOTAL_ONLY: "numbers only, no item text",
        }[self]


class Input(StrEnum):
    """How an item is answered on a form."""

    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to enter.

    key: its name in the stored answers. lowest, highest: stored values allowed, both included.
    label: its text, or a neutral name where the licence allows no wording.
    choices: value and words of each answer, for Input.CHOICE and Input.YES_NO.
    decimals: places entered after the point; the stored answer is always a whole number of the
    smallest step, so that 40.5 cm with one decimal is stored as 405.
    counted: False for what is recorded beside the score. required: False when it may stay empty.
    """

    key: str
    label: str
    lowest: int
    highest: int
    input: Input = Input.NUMBER
    unit: str = ""
    decimals: int = 0
    choices: tuple[tuple[int, str], ...] = ()
    loinc: str | None = None
    counted: bool = True
    required: bool = True

    def __contains__(self, value: object) -> bool:
        """True for a whole number in the item's range; a bool is not a number."""
        return isinstance(value, int) and not isinstance(value, bool) and self.lowest <= value <= self.highest

    def shown(self, stored: int) -> Decimal:
        """Turn a stored answer into the number people read: 405 with one decimal is 40.5."""
        return Decimal(stored).scaleb(-self.decimals)

    def stored(self, entered: Decimal) -> int:
        """Turn an entered number into the stored one. Raises ValueError for too many decimals."""
        scaled = entered.scaleb(self.decimals)
        if scaled != scaled.to_integral_value():
            raise ValueError(self.instruction)
        return int(scaled)

    @property
    def instruction(self) -> str:
        """What to enter, as a form error."""
        kind = f"a number with at most {self.decimals} decimal" if self.decimals else "a whole number"
        return f"Enter {kind} from {self.shown(self.lowest)} to {self.shown(self.highest)}"


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of totals with a name: lowest and highest total, both included."""

    lowest: int
    highest: int | None
    label: str

    def __contains__(self, total: object) -> bool:
        return isinstance(total, int) and total >= self.lowest and (self.highest is None or total <= self.highest)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that needs a person now, whatever the total is."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one administration.

    total: None when it may not be given; `reasons` then say why, as sentences.
    band: the name of the total's band. prorated: the total was estimated from incomplete answers.
    positive: the screen is at or above its cut-off; None when there is no total or no cut-off.
    alerts: raised also when the total is refused.
    """

    instrument: str
    version: str
    total: int | None
    band: str | None = None
    prorated: bool = False
    positive: bool | None = None
    alerts: tuple[Alert, ...] = ()
    reasons: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the score as plain JSON values."""
        return {
            "instrument": self.instrument,
            "version": self.version,
            "total": self.total,
            "band": self.band,
            "prorated": self.prorated,
            "positive": self.positive,
            "alerts": [{"code": alert.code, "message": alert.message} for alert in self.alerts],
            "reasons": list(self.reasons),
        }


Answers = Mapping[str, int | None]


class Instrument(ABC):
    """One questionnaire or score: what it asks, how it is counted, what the total means.

    Subclasses set the class attributes and define `score`. `version` is the version of the
    instrument and its scoring together; stored answers keep it. `stem` is the question that stands
    above the items, empty when there is none. `scoring`,
    `alert_rule`, `change_that_matters` and `missing_items` are sentences for the page. `lowest_total`, `highest_total` bound the total;
    highest is None when the sum is open.
    """

    code: ClassVar[str]
    version: ClassVar[str]
    title: ClassVar[str]
    short_title: ClassVar[str]
    about: ClassVar[str]
    recall: ClassVar[str]
    stem: ClassVar[str] = ""
    scoring: ClassVar[str]
    alert_rule: ClassVar[str] = ""
    policy: ClassVar[LicencePolicy]
    licence: ClassVar[str]
    source: ClassVar[str]
    certainty: ClassVar[Certainty]
    loinc_panel: ClassVar[str | None] = None
    loinc_total: ClassVar[str | None] = None
    items: ClassVar[tuple[Item, ...]]
    bands: ClassVar[tuple[Band, ...]]
    cut_off: ClassVar[int | None] = None
    lowest_total: ClassVar[int] = 0
    highest_total: ClassVar[int | None]
    missing_items: ClassVar[str]
    change_that_matters: ClassVar[str]

    @abstractmethod
    def score(self, answers: Answers) -> Score:
        """Score the answers, by item key; None or an absent key is a missing answer.

        Raises ValueError for an unknown item, a value out of range or a value that is not a whole
        number.
        """

    def change_matters(self, earlier: int, later: int) -> bool | None:
        """Whether the source calls the difference of two totals meaningful; None when it gives no figure for it."""
        return None

    @property
    def counted_items(self) -> tuple[Item, ...]:
        """The items that make the total."""
        return tuple(item for item in self.items if item.counted)

    def checked(self, answers: Answers) -> dict[str, int | None]:
        """Give an answer or None for every item, after checking keys, types and ranges.

        Raises ValueError as `score` does.
        """
        known = {item.key: item for item in self.items}
        for key, value in answers.items():
            if key not in known:
                raise ValueError(f"{self.title} has no item {key}")
            if value is None:
                continue
            if value not in known[key]:
                raise ValueError(f"{self.title}, {key}: {known[key].instruction}")
        return {key: answers.get(key) for key in known}

    def band_of(self, total: int) -> str:
        """Name the band of a total. Raises ValueError when the total lies in none."""
        for band in self.bands:
            if total in band:
                return band.label
        raise ValueError(f"{self.title} has no band for a total of {total}")

    def scored(
        self,
        total: int,
        *,
        prorated: bool = False,
        alerts: tuple[Alert, ...] = (),
    ) -> Score:
        """Make the score of a total that may be given."""
        return Score(
            instrument=self.code,
            version=self.version,
            total=total,
            band=self.band_of(total),
            prorated=prorated,
            positive=None if self.cut_off is None else total >= self.cut_off,
            alerts=alerts,
        )

    def refused(self, *reasons: str, alerts: tuple[Alert, ...] = ()) -> Score:
        """Make the score of answers from which no total may be given."""
        return Score(
            instrument=self.code,
            version=self.version,
            total=None,
            alerts=alerts,
            reasons=reasons,
        )
