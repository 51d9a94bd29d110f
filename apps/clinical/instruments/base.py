"""What every instrument has in common.

Scoring can be repeated from the stored answers at any time and gives the same result for the same
instrument version. A total that the instrument's own missing-item rule does not allow is refused
with a reason, never silently zero. Words speak of a positive screen, never of a diagnosis.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from apps.clinical.findings import Certainty
from apps.clinical.instruments.items import DECLINED, Answers, AskedWhen, Input, Item
from apps.clinical.instruments.scores import Alert, Band, Category, MeaningfulChange, Score, Subscale, SubScore

__all__ = [
    "DECLINED",
    "AdministeredBy",
    "Alert",
    "Answers",
    "AskedWhen",
    "Band",
    "Category",
    "Input",
    "Instrument",
    "Item",
    "LicencePolicy",
    "MeaningfulChange",
    "Score",
    "SubScore",
    "Subscale",
]


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


class AdministeredBy(StrEnum):
    """Who asks, unless the clinic decides otherwise."""

    SELF = "self"
    CLINICIAN = "clinician"


class Instrument(ABC):
    """One questionnaire or score: what it asks, how it is counted, what the total means.

    Subclasses set the class attributes and define `score`.

    version: of the instrument and its scoring together; stored answers keep it.
    recall: the time the questions ask about, in words; recall_days: the same in days, None when it
    is not a number of days back from the answering.
    stem: the question above the items, empty when there is none.
    scoring, alert_rule, change_that_matters, missing_items: sentences for the page.
    policy: what may be shown. licence: who holds which rights. licence_source: where that was
    read. official_text: where the official wording is to be had. wording_pending: why items that
    might be shown are not; empty when nothing is pending.
    to_confirm: what stands here from memory or a second source, as sentences the page shows.
    has_total: False for an instrument that is only scored by scale or by category.
    lowest_total, highest_total: bounds of the total; highest is None when the sum is open.
    cut_off: positive from here on, or up to here when lower is worse.
    finer_bands: a finer division of some bands, where a source gives one.
    sensitive: to be asked with consent of its own, read by few, and kept out of documents.
    total_preferred: entering the total alone is better than keeping the answers.
    """

    code: ClassVar[str]
    version: ClassVar[str]
    title: ClassVar[str]
    short_title: ClassVar[str]
    about: ClassVar[str]
    recall: ClassVar[str]
    recall_days: ClassVar[int | None] = None
    stem: ClassVar[str] = ""
    scoring: ClassVar[str]
    alert_rule: ClassVar[str] = ""
    policy: ClassVar[LicencePolicy]
    licence: ClassVar[str]
    licence_source: ClassVar[str]
    official_text: ClassVar[str]
    wording_pending: ClassVar[str] = ""
    source: ClassVar[str]
    certainty: ClassVar[Certainty]
    to_confirm: ClassVar[tuple[str, ...]] = ()
    administered_by: ClassVar[AdministeredBy] = AdministeredBy.SELF
    sensitive: ClassVar[bool] = False
    total_preferred: ClassVar[bool] = False
    loinc_panel: ClassVar[str | None] = None
    loinc_total: ClassVar[str | None] = None
    items: ClassVar[tuple[Item, ...]]
    has_total: ClassVar[bool] = True
    higher_is_worse: ClassVar[bool] = True
    bands: ClassVar[tuple[Band, ...]]
    finer_bands: ClassVar[tuple[Band, ...]] = ()
    categories: ClassVar[tuple[Category, ...]] = ()
    subscales: ClassVar[tuple[Subscale, ...]] = ()
    cut_off: ClassVar[int | None] = None
    lowest_total: ClassVar[int] = 0
    highest_total: ClassVar[int | None]
    missing_items: ClassVar[str]
    change_that_matters: ClassVar[str]
    meaningful_change: ClassVar[MeaningfulChange | None] = None

    @abstractmethod
    def score(self, answers: Answers) -> Score:
        """Score the answers, by item key; None or an absent key is a missing answer.

        Raises ValueError for an unknown item, a value out of range or a value that is not a whole
        number.
        """

    def alerts_of(self, answers: Answers) -> tuple[Alert, ...]:
        """Give the alerts that these answers raise, whatever the total; most instruments raise none."""
        return ()

    def change_matters(self, earlier: int, later: int) -> bool | None:
        """Whether the source calls the difference of two totals meaningful; None when it gives no figure for it."""
        return self.meaningful_change.matters(earlier, later) if self.meaningful_change else None

    @property
    def shows_items(self) -> bool:
        """Whether the items here carry their wording."""
        return self.policy is LicencePolicy.SHOW_ITEMS and not self.wording_pending

    @property
    def counted_items(self) -> tuple[Item, ...]:
        """The items that make the total."""
        return tuple(item for item in self.items if item.counted)

    def subscale(self, code: str) -> Subscale:
        """Give one scale. Raises KeyError when there is none of this name."""
        for each in self.subscales:
            if each.code == code:
                return each
        raise KeyError(code)

    def asked(self, answers: Answers) -> tuple[Item, ...]:
        """Give the items to ask, as far as the answers so far lead."""
        return tuple(item for item in self.items if item.asked_when is None or item.asked_when.holds(answers))

    def unanswered(self, answers: Answers) -> tuple[Item, ...]:
        """Give the counted items that are to be asked and have no answer; declined is an answer."""
        return tuple(item for item in self.asked(answers) if item.counted and answers.get(item.key) is None)

    def declined(self, answers: Answers) -> tuple[Item, ...]:
        """Give the items the patient prefers not to answer."""
        return tuple(item for item in self.items if item.refusable and answers.get(item.key) == DECLINED)

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

    def possible_total(self, total: int) -> bool:
        """Whether complete answers can add up to this total."""
        return self.has_total and total in self.possible_totals

    def from_total(self, total: int) -> Score:
        """Score a total of which the answers are not known, as it stands in a letter.

        Raises ValueError, with a sentence for the form, when there is no such total.
        """
        if not self.has_total:
            raise ValueError(f"{self.short_title} has no total. Enter its answers or scores.")
        if not self.possible_total(total):
            highest = max(self.possible_totals)
            if self.lowest_total <= total <= highest:
                raise ValueError(f"{self.short_title} can't come to {total}. Check the numbers and the addition.")
            raise ValueError(f"{self.short_title} has totals from {self.lowest_total} to {highest}.")
        return self.scored(total)

    def from_scales(self, values: Mapping[str, Decimal | int]) -> Score:
        """Score scales of which the answers are not known, by scale code.

        Raises ValueError for an unknown scale, a value out of range, and for an instrument whose
        result is a total.
        """
        if self.has_total or not self.subscales:
            raise ValueError(f"{self.short_title} is not entered by scale.")
        for code in values.keys() - {scale.code for scale in self.subscales}:
            raise ValueError(f"{self.short_title} has no scale {code}.")
        return self.of_scales(
            [
                scale.scored(values[scale.code]) if scale.code in values else scale.refused("not known")
                for scale in self.subscales
            ]
        )

    def scored(
        self,
        total: int,
        *,
        prorated: bool = False,
        alerts: tuple[Alert, ...] = (),
        subscores: tuple[SubScore, ...] = (),
    ) -> Score:
        """Make the score of a total that may be given."""
        return Score(
            instrument=self.code,
            version=self.version,
            total=total,
            band=self.band_of(total),
            prorated=prorated,
            positive=self.positive(total),
            alerts=alerts,
            finer_band=next((band.label for band in self.finer_bands if total in band), None),
            subscores=subscores,
        )

    def positive(self, total: int) -> bool | None:
        """Whether a total is at or beyond the cut-off; None when there is no cut-off."""
        if self.cut_off is None:
            return None
        return total >= self.cut_off if self.higher_is_worse else total <= self.cut_off

    def of_scales(self, subscores: list[SubScore]) -> Score:
        """Make the score of an instrument that has scales and no total."""
        return Score(
            instrument=self.code,
            version=self.version,
            total=None,
            prorated=any(each.prorated for each in subscores),
            reasons=tuple(reason for each in subscores for reason in each.reasons),
            subscores=tuple(subscores),
        )

    def refused(self, *reasons: str, alerts: tuple[Alert, ...] = (), subscores: tuple[SubScore, ...] = ()) -> Score:
        """Make the score of answers from which no total may be given."""
        return Score(
            instrument=self.code,
            version=self.version,
            total=None,
            alerts=alerts,
            reasons=reasons,
            subscores=subscores,
        )

    @cached_property
    def possible_totals(self) -> frozenset[int]:
        """Every total that complete answers can come to: one value of each counted item, added up."""
        sums = {0}
        for item in self.counted_items:
            sums = {so_far + value for so_far in sums for value in item.values}
        return frozenset(sums)
