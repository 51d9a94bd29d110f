"""What the sleep screen found, in words: a card for each disorder, the recorded nights, headache beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps.clinical.findings import Answer, Finding
from apps.clinical.instruments import instrument
from apps.clinical.patterns.comparison import Comparison, Verdict
from apps.clinical.sleep.answers import clock_words, hours_words
from apps.clinical.sleep.facts import Study
from apps.clinical.sleep.log import LEAST_NIGHTS, SleepLength
from apps.clinical.sleep.timing import SleepTiming
from apps.core.dates import short_date
from apps.screening.choices import SleepDisorder
from apps.screening.models import SleepReferral, SleepScreen
from apps.screening.presenters.sleep_referrals import ReferralWords, referral_words
from apps.screening.selectors.sleep import SleepDiary
from apps.screening.sleep_questions import WEEKDAYS
from apps.screening.sleep_steps import is_open

# Word, tone and mark of each answer: three ways to tell them apart, colour is only one.
ANSWERS: Final = {
    Answer.MET: ("Met", "warn", "!"),
    Answer.NOT_MET: ("Not met", "good", "–"),
    Answer.CANNOT_TELL: ("Cannot tell", "plain", "?"),
}
MINUTES: Final = 60


@dataclass(frozen=True)
class FindingCard:
    """One disorder: the answer as word, tone and mark, the reasons, what is missing, what is suggested.

    facts: everything that was looked at. on_its_way: the open study for it, if there is one. sedatives: say that
    sedatives make it worse.
    """

    disorder: str
    title: str
    answer: str
    tone: str
    mark: str
    headline: str
    reasons: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    study: str
    not_this: str
    rule: str
    source: str
    suspected: bool
    on_its_way: ReferralWords | None
    sedatives: bool


@dataclass(frozen=True)
class NightsRow:
    """Headache days after nights of one kind against those after usual nights, or why nothing is said."""

    label: str
    here: str
    usual: str
    difference: str
    verdict: str
    silent: str


def finding_cards(screen: SleepScreen, referrals: Iterable[SleepReferral]) -> list[FindingCard]:
    """What the screen found, suspected first, as it was saved: nothing is worked out again."""
    waiting = {referral.disorder: referral_words(referral) for referral in referrals if is_open(referral.state)}
    return [_card(route, waiting) for route in screen.routes]


def indicators_of(screen: SleepScreen | None, disorder: str) -> str:
    """Why a study is wanted, as the finding gives it, for a person to go on with; empty when nothing is suspected."""
    route = route_of(screen, disorder)
    if screen is None or route is None or route["finding"]["answer"] != Answer.MET:
        return ""
    finding = Finding.from_dict(route["finding"])
    reasons = "; ".join(f"{label}: {value}" for label, value in _reasons(route))
    day = short_date(screen.answered_on)
    return f"{finding.headline} (sleep screen of {day})." + (f"\n{reasons}." if reasons else "")


def route_of(screen: SleepScreen | None, disorder: str) -> Mapping[str, Any] | None:
    """What a screen found about one disorder."""
    return next((route for route in screen.routes if route["disorder"] == disorder), None) if screen else None


def newer_scores(codes: Iterable[str]) -> list[str]:
    """Questionnaires answered after the screen, by name, each once."""
    return [instrument(code).short_title for code in sorted(set(codes))]


def length_words(diary: SleepDiary) -> list[tuple[str, str]]:
    """Length and regularity of sleep; empty when too few nights are recorded."""
    found: SleepLength | None = diary.length
    if found is None:
        return []
    return [
        ("Nights recorded", f"{found.nights} of {len(diary.window)}"),
        ("Mean length", _minutes(found.mean)),
        ("Spread (standard deviation)", _minutes(found.spread)),
        ("Shortest to longest", f"{_minutes(found.shortest)} to {_minutes(found.longest)}"),
    ]


def timing_words(diary: SleepDiary) -> list[tuple[str, str]]:
    """Mid-sleep and social jetlag; empty when too few nights are recorded with their times."""
    found: SleepTiming | None = diary.timing
    if found is None:
        return []
    return [
        ("Mid-sleep on work days", clock_words(found.work_middle)),
        ("Mid-sleep on free days", clock_words(found.free_middle)),
        ("Corrected for sleep that is made up for", clock_words(found.corrected_middle)),
        ("Social jetlag", hours_words(found.social_jetlag)),
        ("Falls asleep on free days", clock_words(found.free_onset)),
    ]


def silence_words(diary: SleepDiary) -> list[str]:
    """What is not said because too few nights are recorded."""
    sentences = []
    if diary.length is None:
        sentences.append(f"Length of sleep: {diary.nights} of {LEAST_NIGHTS} nights needed are recorded.")
    if diary.timing is None:
        sentences.append(
            f"Times of sleep: {diary.with_times} nights are recorded with their times. "
            f"At least {LEAST_NIGHTS} are needed, with 2 work days and 2 free days among them."
        )
    return sentences


def free_days_words(diary: SleepDiary, *, told: bool) -> str:
    """Which days counted as free, and whether somebody said so."""
    days = ", ".join(WEEKDAYS[day] for day in diary.free_days) or "none"
    return f"Free days: {days}" + (", as told." if told else ". Nobody said otherwise: the weekend counts.")


def nights_rows(diary: SleepDiary) -> list[NightsRow]:
    """Headache after short and after long nights, each against usual ones."""
    return [_nights_row(each) for each in diary.pattern.comparisons]


def screen_links(screens: Iterable[SleepScreen]) -> list[tuple[SleepScreen, str]]:
    """The earlier screens, each with what was suspected then."""
    return [(screen, suspected_words(screen)) for screen in screens]


def suspected_words(screen: SleepScreen) -> str:
    """What a screen pointed to, in one line."""
    labels = dict(SleepDisorder.choices)
    found = [
        labels.get(route["disorder"], route["title"])
        for route in screen.routes
        if route["finding"]["answer"] == Answer.MET
    ]
    return ", ".join(found) or "nothing suspected"


def _card(route: Mapping[str, Any], waiting: Mapping[str, ReferralWords]) -> FindingCard:
    finding = Finding.from_dict(route["finding"])
    word, tone, mark = ANSWERS[finding.answer]
    suspected = finding.answer is Answer.MET
    return FindingCard(
        disorder=route["disorder"],
        title=route["title"],
        answer=word,
        tone=tone,
        mark=mark,
        headline=finding.headline,
        reasons=_reasons(route),
        facts=tuple((fact.label, fact.value) for fact in finding.facts),
        missing=tuple(sentence.removeprefix("Not known: ") for sentence in finding.missing),
        study=Study(route["study"]).label if route["study"] else "",
        not_this=route["not_this"],
        rule=f"{finding.rule_id} {finding.rule_version}, {finding.certainty.label}",
        source=finding.source,
        suspected=suspected,
        on_its_way=waiting.get(route["disorder"]),
        sedatives=suspected and route["disorder"] == SleepDisorder.APNOEA,
    )


def _reasons(route: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((fact["label"], fact["value"]) for fact in route["reasons"])


def _nights_row(comparison: Comparison) -> NightsRow:
    said = comparison.verdict is not Verdict.TOO_FEW
    return NightsRow(
        label=comparison.label,
        here=f"{comparison.present} days",
        usual=f"{comparison.absent} days",
        difference=str(comparison.difference) if said else "",
        verdict=comparison.verdict.label,
        silent="" if said else comparison.silent,
    )


def _minutes(minutes: float) -> str:
    return hours_words(round(minutes) / MINUTES)
