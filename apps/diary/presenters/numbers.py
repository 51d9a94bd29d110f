"""Counts and findings as the page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.clinical.findings import Answer, Finding
from apps.clinical.overuse import OveruseAssessment
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.overuse_states import OveruseState
from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.core.navigation import url_or_none
from apps.diary.counts import CLASSES, PeriodCounts
from apps.diary.presenters.month import day_anchor
from apps.patients.models import Patient

# More links than this would bury the answer; the first days are enough to begin with.
_MOST_DAYS = 40

_TONES = {
    OveruseState.NONE: "good",
    OveruseState.AT_RISK: "warn",
    OveruseState.CANNOT_TELL: "warn",
    OveruseState.OVERUSE_NOT_SUSTAINED: "danger",
    OveruseState.OVERUSE_SUSTAINED: "danger",
    OveruseState.CRITERIA_MET: "danger",
}
_LIMIT_TONES = {Answer.NOT_MET: "good", Answer.CANNOT_TELL: "warn", Answer.MET: "danger"}
_LIMIT_WORDS = {Answer.NOT_MET: "below", Answer.CANNOT_TELL: "cannot tell", Answer.MET: "reached"}


@dataclass(frozen=True)
class NumberRow:
    """A line of the count panel; `live` names it for the script that counts while somebody types.

    waiting: nobody took this class so far; the script shows the line as soon as somebody types it.
    """

    name: str
    value: str
    remark: str
    live: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class FindingView:
    """A finding as the finding component wants it."""

    answer: str
    tone: str
    headline: str
    missing: str
    deciding: tuple[SafeString, ...]
    rule: str
    source: str


def panel(counts: PeriodCounts) -> list[NumberRow]:
    """The numbers of the month that is on the page."""
    length = len(counts.period)
    return [
        NumberRow("Headache days", str(counts.headache), f"of {length}", "headache"),
        NumberRow("Moderate or severe", str(counts.moderate_or_severe), "", "strong"),
        NumberRow("Acute medication days", str(counts.acute), f"limit {ALL_TOGETHER_LIMIT}", "acute"),
        *_class_rows(counts),
        NumberRow("Recorded", str(counts.completeness.recorded), f"of {length} days", "recorded"),
    ]


def _class_rows(counts: PeriodCounts) -> list[NumberRow]:
    taken = {each.code: str(each.count) for each in counts.by_class}
    return [
        NumberRow(
            _capital(subtype.name),
            taken.get(subtype.code, ""),
            f"limit {subtype.limit}",
            f"class:{subtype.code}",
            waiting=subtype.code not in taken,
        )
        for subtype in CLASSES
    ]


def findings(overuse: OveruseAssessment, patient: Patient, shown: Period | None) -> list[FindingView]:
    """All acute medicines together first, then the criteria; days are links into the diary.

    shown: the days that stand on the same page; None when the page shows no days.
    """
    return [
        finding_view(
            overuse.headline,
            _LIMIT_WORDS[overuse.headline.answer],
            _LIMIT_TONES[overuse.headline.answer],
            patient,
            shown,
        ),
        finding_view(overuse.finding, overuse.state.label, _TONES[overuse.state], patient, shown),
    ]


def finding_view(finding: Finding, answer: str, tone: str, patient: Patient, shown: Period | None) -> FindingView:
    """One finding with its answer in words."""
    return FindingView(
        answer=_capital(answer),
        tone=tone,
        headline=finding.headline,
        missing=". ".join(finding.missing),
        deciding=_links(finding.deciding_days, patient, shown),
        rule=f"{finding.rule_id} {finding.rule_version}, {finding.certainty.label}",
        source=finding.source,
    )


def _links(days: Sequence[date], patient: Patient, shown: Period | None) -> tuple[SafeString, ...]:
    links = [_link(day, patient, shown) for day in days[:_MOST_DAYS]]
    if len(days) > _MOST_DAYS:
        links.append(format_html("and {} more", len(days) - _MOST_DAYS))
    return tuple(links)


def _link(day: date, patient: Patient, shown: Period | None) -> SafeString:
    month = (
        ""
        if shown and day in shown
        else url_or_none("diary:month", patient_id=patient.pk, month=day.replace(day=1)) or ""
    )
    return format_html('<a href="{}#{}">{}</a>', month, day_anchor(day), short_date(day))


def _capital(words: str) -> str:
    """With a capital at the start; the rest stays, so that NSAID keeps its letters."""
    return words[:1].upper() + words[1:]
