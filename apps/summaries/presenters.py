"""From the frozen content of a summary to what its template draws."""

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.charts import course_chart, course_table
from apps.clinical.debilitating_days import FOR_THE_CLINICIAN
from apps.clinical.migraine_days import MigraineDayRule
from apps.clinical.overuse_states import OveruseState
from apps.clinical.trend import Direction
from apps.core.day_lists import days_in_words
from apps.patients.presenters.banner import allergies_headline
from apps.summaries.course import course_from

Content = dict[str, Any]

PICTURE_TITLE = "Headache days and acute medication days, month by month"
# Of these a summary says whether they became fewer; the page has them all.
CHANGE_NAMES = {"headache": "headache days", "migraine": "migraine days", "acute": "acute medication days"}
ANSWER_WORDS = {"met": "Met", "not_met": "Not met", "cannot_tell": "Cannot tell"}


def visit_summary_context(content: Content) -> Content:
    """Add the picture, the dates and the intervals in words. Reads nothing but the frozen content."""
    course = course_from(content["course"])
    latest = content["diary"]["latest_window"]
    return {
        "visit": {**content["visit"], **_dates(content["visit"], "on", "next_visit_on")},
        "prescribing": content["prescribing"],
        "team": content["team"],
        "allergies": {**content["allergies"], "headline": allergies_headline(content["allergies"]["status"])},
        "on": date.fromisoformat(content["diary"]["on"]),
        "tiles": _tiles(latest, content["overuse"], content["scores"]),
        "months": [month["title"] for month in content["diary"]["months"]],
        "numbers": _numbers(content["diary"]["months"]),
        **_further(content["diary"]),
        "picture": course_chart(course, prefix="course", title=PICTURE_TITLE, width=680),
        "table": course_table(course, caption=PICTURE_TITLE),
        "findings": [
            _finding(content["overuse"]["all_together"]),
            {**_finding(content["overuse"]["ichd3"]), "answer_words": _state_words(content["overuse"]["state"])},
        ],
        "medicines": [{**medicine, **_dates(medicine, "since", "review_on")} for medicine in content["medicines"]],
        "changed": [{**change, **_dates(change, "from")} for change in content["changed"]],
        "scores": [{**score, **_dates(score, "on")} for score in content["scores"]],
        "plan": content["plan"] and {**content["plan"], **_dates(content["plan"], "review_on")},
    }


def _dates(row: Content, *names: str) -> Content:
    """Frozen dates as dates again; "from" is a word of the template language, so it is handed over as "since"."""
    renamed = {"from": "since"}
    return {renamed.get(name, name): date.fromisoformat(row[name]) if row[name] else None for name in names}


def _tiles(latest: Content, overuse: Content, scores: list[Content]) -> list[Content]:
    recorded = f"{latest['recorded']} of {latest['of']} days recorded"
    tiles = [
        {"figure": _interval(latest["headache"]), "words": "headache days", "detail": f"last 30 days, {recorded}"},
        {
            "figure": _interval(latest["acute"]),
            "words": "acute medication days",
            "detail": f"all medicines together; limit {overuse['all_together']['threshold']}. "
            f"{ANSWER_WORDS[overuse['all_together']['answer']]}",
        },
    ]
    for score in [each for each in scores if each["total"] is not None][:2]:
        before = "" if score["previous"] is None else f"; before: {score['previous']}"
        tiles.append({"figure": str(score["total"]), "words": score["name"], "detail": f"{score['band']}{before}"})
    return tiles


def _further(diary: Content) -> Content:
    """What summaries frozen before these were counted do not hold: empty then."""
    lost = diary.get("lost")
    return {
        "lost": _half_days(lost) if lost else "",
        "changes": [
            f"{CHANGE_NAMES[change['name']]} {Direction(change['direction']).label} ({change['difference']})"
            for change in diary.get("changes", [])
            if change["name"] in CHANGE_NAMES
        ],
        "unconfirmed": FOR_THE_CLINICIAN if "debilitating" in diary["latest_window"] else "",
    }


def _migraine_title(rule: MigraineDayRule) -> str:
    beside = "" if rule is MigraineDayRule.ICHD3 else f" ({MigraineDayRule.ICHD3.label})"
    return f"Migraine days, {rule.label}{beside}"


def _migraine(month: Content) -> str:
    """By the clinic's rule, and the ICHD-3 variant beside it."""
    own, beside = _interval(month["migraine"]), _interval(month["migraine_ichd3"])
    return own if month["migraine_rule"] == MigraineDayRule.ICHD3 else f"{own} ({beside})"


def _half_days(lost: Content) -> str:
    lower, upper = f"{lost['lower']:g}", f"{lost['upper']:g}"
    return lower if lower == upper else f"{lower}–{upper}"


def _numbers(months: list[Content]) -> list[Content]:
    """What is counted, in rows, with its number in each month; nothing for what an older summary did not count."""
    rule = months[0].get("migraine_rule")
    rows: list[tuple[str, Callable[[Content], str]]] = [("Headache days", lambda month: _interval(month["headache"]))]
    if rule:
        rows.append((_migraine_title(MigraineDayRule(rule)), _migraine))
    rows.append(("Moderate or severe days", lambda month: _interval(month["moderate_or_severe"])))
    if rule:
        rows.append(("Debilitating days, at most", lambda month: _interval(month["debilitating"])))
    rows += [
        ("Acute medication days, all together", lambda month: _interval(month["acute"])),
        ("By class", _by_class),
        (
            "Days recorded",
            lambda month: f"{month['recorded']} of {month['of']} ({month['completeness_percent']:.0f} %)",
        ),
    ]
    return [{"name": name, "values": [value(month) for month in months]} for name, value in rows]


def _by_class(month: Content) -> str:
    counted = [f"{each['name']} {_interval(each['count'])} (limit {each['limit']})" for each in month["by_class"]]
    return "; ".join(counted) or "none"


def _interval(count: Content) -> str:
    return str(count["lower"]) if count["lower"] == count["upper"] else f"{count['lower']}–{count['upper']}"


def _state_words(state: str) -> str:
    words = OveruseState(state).label
    return words[:1].upper() + words[1:]


def _finding(finding: Content) -> Content:
    return {
        **finding,
        "answer_words": ANSWER_WORDS[finding["answer"]],
        "days": days_in_words(date.fromisoformat(day) for day in finding["deciding_days"]),
        "undecided": finding["answer"] == "cannot_tell",
    }
