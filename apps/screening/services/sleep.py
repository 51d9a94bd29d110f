"""Saving the sleep screen with what was found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.sleep.facts import Route
from apps.clinical.sleep.router import sleep_routes
from apps.core.dates import short_date
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.screening.choices import SleepDisorder
from apps.screening.facts.sleep import sleep_facts
from apps.screening.models import SleepScreen
from apps.screening.selectors.sleep import KnownElsewhere, known_elsewhere
from apps.screening.sleep_questions import FREE_DAYS, WEEKDAYS, Measure, all_questions

# Which disorder a rule speaks about.
DISORDER_OF = {
    "sleep.apnoea_risk": SleepDisorder.APNOEA,
    "sleep.insomnia": SleepDisorder.INSOMNIA,
    "sleep.hypersomnia": SleepDisorder.HYPERSOMNIA,
    "sleep.limb_movement": SleepDisorder.LIMB_MOVEMENT,
    "sleep.circadian": SleepDisorder.CIRCADIAN,
    "sleep.restless_legs": SleepDisorder.RESTLESS_LEGS,
    "sleep.dream_enactment": SleepDisorder.DREAM_ENACTMENT,
}
NOT_KNOWN = "not known"


@writes
def record_sleep_screen(
    *,
    patient: Patient,
    answers: Mapping[str, Any],
    answered_on: date,
    today: date,
    by: User | SystemProcess,
    note: str = "",
) -> SleepScreen:
    """Save the answers of the short sleep screen with everything the rules looked at and what they found.

    answers: by the names of the questions: yes or no as a truth value, a measure as a number, `free_days` as days of
    the week. A question that is not in it was not answered. What questionnaires and diary know is looked up here.

    Raises Refused when nothing was answered, for a question that is not asked and for a day in the future,
    PermissionDenied without the right.
    """
    if not isinstance(by, SystemProcess):
        require(by, Permission.RECORD_SCREENING, patient)
    given = _checked(answers)
    if answered_on > today:
        raise Refused({"answered_on": ["Enter a day that is not in the future."]})
    known = known_elsewhere(patient, answered_on)
    facts = sleep_facts(given, {**known.facts, "timing": known.timing(given)})
    screen = SleepScreen(
        patient=patient,
        answered_on=answered_on,
        answers=given,
        facts=_facts_in_words(given, known, answered_on),
        routes=[_saved(route) for route in sleep_routes(facts)],
        note=note.strip(),
        created_by=author_of(by),
    )
    save_checked(screen)
    return screen


def _checked(answers: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in answers.items() if value is not None}
    if unknown := given.keys() - {question.name for question in all_questions()} - {FREE_DAYS}:
        raise Refused(f"The sleep screen doesn't ask this: {', '.join(sorted(unknown))}.")
    if not given.keys() - {FREE_DAYS}:
        raise Refused("Answer at least one question of the sleep screen.")
    return given


def _facts_in_words(given: Mapping[str, Any], known: KnownElsewhere, answered_on: date) -> list[dict[str, str]]:
    asked = f"asked on {short_date(answered_on)}"
    words = [
        {"label": question.label, "value": _answer_words(given.get(question.name), question), "source": asked}
        for question in all_questions()
        if question.name in given or known.facts.get(question.name) is None
    ]
    if FREE_DAYS in given:
        days = ", ".join(WEEKDAYS[day] for day in given[FREE_DAYS]) or "none"
        words.append({"label": "Days without work", "value": days, "source": asked})
    looked_up = [{"label": line.label, "value": line.value or NOT_KNOWN, "source": line.source} for line in known.lines]
    return words + looked_up


def _answer_words(value: Any, question: object) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(question, Measure):
        return f"{value:g} {question.unit}".strip()
    return "yes" if value else "no"


def _saved(route: Route) -> dict[str, Any]:
    return {
        "disorder": DISORDER_OF[route.finding.rule_id].value,
        "title": route.disorder,
        "finding": route.finding.as_dict(),
        "study": route.study.value if route.study else "",
        "not_this": route.not_this,
        "reasons": [{"label": fact.label, "value": fact.value} for fact in route.reasons],
    }
