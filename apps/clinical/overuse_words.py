"""The overuse assessment in words: headline, facts, what is missing and which days decide."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from apps.clinical.counting import days_word
from apps.clinical.duration import WINDOWS_NEEDED
from apps.clinical.findings import Answer, Fact
from apps.clinical.overuse_codes import SubtypeAnswer
from apps.clinical.overuse_regularity import regularity
from apps.clinical.overuse_states import Evidence, OveruseState
from apps.clinical.overuse_subtypes import SINGLE_SUBTYPES
from apps.clinical.overuse_warnings import EarlyWarning
from apps.clinical.overuse_window import OveruseWindow

SUSTAINED = (OveruseState.OVERUSE_SUSTAINED, OveruseState.CRITERIA_MET)


def headline(
    possible: Sequence[OveruseState],
    known: Evidence,
    subtypes: Sequence[SubtypeAnswer],
    reached: Sequence[EarlyWarning],
) -> str:
    """Put the assessment into one sentence for clinicians."""
    if len(possible) > 1:
        return _doubt(possible, known)
    state = possible[0]
    if state is OveruseState.NONE:
        return "No medication overuse in the last 30 days"
    if state is OveruseState.AT_RISK:
        return f"At risk of overuse: {reached[0].message}"
    if state is OveruseState.OVERUSE_NOT_SUSTAINED:
        return "Medication overuse in the last 30 days, not shown for more than 3 months"
    if state is OveruseState.OVERUSE_SUSTAINED:
        reason = _why_not_criteria(known)
        return f"Medication overuse for more than 3 months{_named(subtypes)}; {reason}"
    return (
        f"The counts meet the criteria of medication-overuse headache{_named(subtypes)}; "
        "the diagnosis is the clinician's"
    )


def facts(
    windows: Sequence[OveruseWindow],
    state: OveruseState,
    known: Evidence,
    subtypes: Sequence[SubtypeAnswer],
    reached: Sequence[EarlyWarning],
) -> Iterator[Fact]:
    """List what was counted: the state, the codes, the windows, the classes, the warnings."""
    yield Fact("State", state.label)
    yield Fact("Criteria of medication-overuse headache", known.criteria.label)
    if known.sustained is not Answer.MET and all(window.overuse is Answer.MET for window in windows[:WINDOWS_NEEDED]):
        yield Fact("Duration", "counts met for 90 days, not yet shown for more than 3 months")
    named = [f"{each.code} {each.name}" for each in subtypes if each.answer is Answer.MET]
    if named:
        yield Fact("ICHD-3 subtypes for more than 3 months", "; ".join(named))
    for window in windows:
        yield Fact(
            str(window.period),
            f"acute medicines {window.all_together}, headache {window.headache} of {days_word(len(window.period))}",
        )
    yield from _class_facts(windows[0])
    yield Fact("Weeks with intake on 2 or more days", str(regularity([window.all_together for window in windows])))
    for warning in reached:
        yield Fact(f"Early warning, {warning.level}", f"{warning.message} ({warning.source})")


def missing(windows: Sequence[OveruseWindow], possible: Sequence[OveruseState], known: Evidence) -> Iterator[str]:
    """Say in sentences what is not known, as far back as it matters."""
    for window in windows if known.latest is not Answer.NOT_MET else windows[:1]:
        gaps = _gaps(window)
        if gaps:
            yield f"{window.period}: {', '.join(gaps)}"
    if known.pre_existing is Answer.CANNOT_TELL and OveruseState.CRITERIA_MET in possible:
        yield "Not recorded whether a headache disorder existed before"


def deciding_days(
    windows: Sequence[OveruseWindow], possible: Sequence[OveruseState], known: Evidence
) -> tuple[date, ...]:
    """Give the days that make the state, or the unknown days that would decide it, oldest first.

    As long as the latest window is in doubt, only its days are given: they come first.
    """
    if len(possible) > 1:
        looked_at = windows if known.latest is Answer.MET else windows[:1]
        chosen: Iterable[date] = (day for window in looked_at for day in _open_days(window, possible))
    elif possible[0] is OveruseState.NONE:
        chosen = ()
    else:
        looked_at = windows if possible[0] in SUSTAINED else windows[:1]
        chosen = (day for window in looked_at for day in window.all_together.counted_days)
    return tuple(sorted(set(chosen)))


def _doubt(possible: Sequence[OveruseState], known: Evidence) -> str:
    if known.latest is Answer.CANNOT_TELL:
        return "Cannot tell whether there is medication overuse in the last 30 days"
    if known.latest is Answer.NOT_MET:
        return "No medication overuse in the last 30 days; cannot tell whether an early-warning limit is reached"
    if OveruseState.OVERUSE_NOT_SUSTAINED in possible:
        return "Medication overuse in the last 30 days; cannot tell whether it has run for more than 3 months"
    return (
        "Medication overuse for more than 3 months; cannot tell whether the criteria of "
        "medication-overuse headache are met"
    )


def _gaps(window: OveruseWindow) -> tuple[str, ...]:
    medicines, headache = window.all_together.open_days, window.headache.open_days
    if len(medicines) == len(headache) == len(window.period):
        return ("nothing recorded",)
    gaps = (
        ("medicines not known for", medicines),
        ("medicine not identified on", window.unidentified_days),
        ("headache not known for", headache),
    )
    return tuple(f"{words} {days_word(len(days))}" for words, days in gaps if days)


def _why_not_criteria(known: Evidence) -> str:
    if known.pre_existing is Answer.NOT_MET:
        return "no headache disorder from before"
    return "headache not shown on 15 or more days a month over the same months"


def _named(subtypes: Sequence[SubtypeAnswer]) -> str:
    named = [f"{each.code} {each.name}" for each in subtypes if each.answer is Answer.MET]
    return f" ({', '.join(named)})" if named else ""


def _class_facts(window: OveruseWindow) -> Iterator[Fact]:
    for subtype in SINGLE_SUBTYPES:
        count = window.by_subtype[subtype.code]
        if count.counted_days:
            label = f"{subtype.code} {subtype.name}, latest 30 days (limit {subtype.limit})"
            yield Fact(label, str(count))


def _open_days(window: OveruseWindow, possible: Sequence[OveruseState]) -> Iterator[date]:
    if window.overuse is not Answer.MET:
        yield from window.all_together.open_days
        yield from window.unidentified_days
    if OveruseState.CRITERIA_MET in possible and window.frequent_headache is Answer.CANNOT_TELL:
        yield from window.headache.open_days
