"""The safety tables as patients, regimens and diaries.

medicines: "code key=value; …". A code of the catalogue brings its ingredients, class and route; any other name is its
own ingredient; "unidentified" is a medicine of which nobody knows what it contains. facts: what differs from somebody
of whom everything is known and nothing is wrong; "?" is not recorded. intakes: "code dose @hours" before now, "@day-2"
when only the day is known; "gap" is a day nobody recorded, "none" no diary at all. change: what is about to be signed.
"""

import csv
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from apps.clinical.findings import Interval
from apps.clinical.safety.conditions import BROADER, Condition
from apps.clinical.safety.facts import (
    Intake,
    IntakeLog,
    Liver,
    Measure,
    Measured,
    PatientFacts,
    ProposedChange,
    Purpose,
    RegimenLine,
    Stop,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CATALOGUE = Path(__file__).resolve().parents[2] / "apps" / "medicines" / "catalogue"
NORMAL = {
    Measure.SYSTOLIC: 120,
    Measure.DIASTOLIC: 75,
    Measure.HEART_RATE: 70,
    Measure.QTC: 410,
    Measure.EGFR: 95,
    Measure.CREATININE_CLEARANCE: 95,
    Measure.POTASSIUM: 4.2,
    Measure.WEIGHT: 70,
    Measure.BMI: 23,
}
WELL = PatientFacts(
    age=40,
    can_become_pregnant=False,
    pregnant=False,
    planning_pregnancy=False,
    breastfeeding=False,
    contraception_highly_effective=False,
    combined_oestrogen_contraceptive=False,
    oral_contraceptive=False,
    two_specialists=False,
    can_father=False,
    male_contraception=False,
    excluded=frozenset(Condition),
    measures={measure: Measured(value, TODAY) for measure, value in NORMAL.items()},
    liver=Liver.NORMAL,
    allergies=frozenset(),
    medicine_list_complete=True,
    opioid_days=Interval(0, 0),
    butalbital_days=Interval(0, 0),
    acute_days=Interval(0, 0),
    class_limit_reached=False,
    phq9=3,
    phq9_item9=0,
    phq9_rise=0,
    suicide_risk=False,
    nosas=3,
    apnoea_risk=False,
    sedation_plan=False,
)
YES_NO = {"yes": True, "no": False, "?": None}


def catalogue() -> dict[str, dict[str, str]]:
    """Every row of the medicines catalogue, by its code."""
    tables = (path.read_text(encoding="utf-8").splitlines() for path in sorted(CATALOGUE.glob("*.csv")))
    return {row["code"]: row for table in tables for row in csv.DictReader(table)}


ROWS = catalogue()


def medicine(words: str) -> RegimenLine:
    """One medicine of a table cell."""
    code, *given = words.split()
    row = ROWS.get(code, {})
    ingredients = tuple(row["ingredients"].split(";")) if row else (code,)
    line = RegimenLine(
        code,
        code,
        ingredients=None if code == "unidentified" else ingredients,
        drug_class=row.get("pharmacological_class", ""),
        route=row.get("route", ""),
    )
    return replace(line, **dict(_attribute(*each.split("=")) for each in given))


def regimen(cell: str) -> tuple[RegimenLine, ...]:
    """The medicines of a table cell."""
    return tuple(medicine(each) for each in _parts(cell))


def facts(cell: str) -> PatientFacts:
    """The patient of a table cell."""
    found = WELL
    for each in _parts(cell):
        key, value = each.split("=")
        found = _with(found, key.strip(), value.strip())
    return found


def intakes(cell: str) -> IntakeLog | None:
    """The diary of a table cell."""
    if cell == "none":
        return None
    parts = _parts(cell)
    taken = tuple(_intake(each) for each in parts if each != "gap")
    return IntakeLog(taken, unknown_days=(TODAY - timedelta(days=3),) if "gap" in parts else ())


def change(cell: str) -> ProposedChange | None:
    """The change of a table cell: "stop code abrupt=yes days=20-30" or "signer=no cover=?"."""
    if not cell:
        return None
    if cell.startswith("stop "):
        kept = [each for each in cell.split()[1:] if not each.startswith(("abrupt=", "taken="))]
        given = dict(each.split("=") for each in cell.split()[2:])
        days = _days(given["taken"]) if "taken" in given else None
        return ProposedChange(stops=(Stop(medicine(" ".join(kept)), YES_NO[given["abrupt"]], days),))
    given = dict(each.split("=") for each in cell.split())
    return ProposedChange(by_designated_prescriber=YES_NO[given["signer"]], covering_with_reason=YES_NO[given["cover"]])


def _parts(cell: str) -> list[str]:
    return [each.strip() for each in cell.split(";") if each.strip()]


def _attribute(key: str, value: str) -> tuple[str, object]:
    return {
        "dose": lambda: ("single_dose", float(value)),
        "day": lambda: ("daily_dose", float(value)),
        "weeks": lambda: ("every_weeks", float(value)),
        "days": lambda: ("days_used", int(value)),
        "ended": lambda: ("ended_on", TODAY - timedelta(days=int(value))),
        "for": lambda: ("purpose", Purpose(value)),
        "route": lambda: ("route", value),
        "group": lambda: ("groups", frozenset({value})),
        "class": lambda: ("drug_class", value),
        "scheduled": lambda: ("scheduled", YES_NO[value]),
        "new": lambda: ("proposed", YES_NO[value]),
        "monitored": lambda: ("monitored", YES_NO[value]),
        "steroid": lambda: ("with_steroid", YES_NO[value]),
    }[key]()


def _with(found: PatientFacts, key: str, value: str) -> PatientFacts:
    if key in set(Condition):
        return _with_condition(found, Condition(key), YES_NO[value])
    if key in set(Measure):
        return replace(found, measures=_measures(found, Measure(key), value))
    assert key in {each.name for each in fields(PatientFacts)}, key
    return replace(found, **{key: _value(key, value)})


def _with_condition(found: PatientFacts, condition: Condition, known: bool | None) -> PatientFacts:
    related = {condition, BROADER.get(condition)} if known is not False else {condition}
    excluded = found.excluded - related | ({condition} if known is False else set())
    present = found.present | {condition} if known else found.present
    return replace(found, present=present, excluded=excluded - present)


def _measures(found: PatientFacts, measure: Measure, value: str) -> dict[Measure, Measured]:
    others = {each: kept for each, kept in found.measures.items() if each is not measure}
    if value == "?":
        return others
    number, _, age = value.partition("@")
    return others | {measure: Measured(float(number), TODAY - timedelta(days=int(age or 0)))}


def _value(key: str, value: str) -> object:
    if value in YES_NO:
        return YES_NO[value]
    if key in {"opioid_days", "butalbital_days", "acute_days"}:
        return _days(value)
    if key == "liver":
        return Liver[f"CHILD_PUGH_{value}"]
    if key == "ppp_signed_on":
        return TODAY - timedelta(days=int(value))
    return frozenset({value}) if key == "allergies" else int(value)


def _days(value: str) -> Interval:
    first, _, last = value.partition("-")
    return Interval(int(first), int(last or first))


def _intake(words: str) -> Intake:
    code, dose, when = words.split()
    amount = None if dose == "?" else float(dose)
    if when.startswith("@day-"):
        day = TODAY - timedelta(days=int(when.removeprefix("@day-")))
        begin = datetime.combine(day, time(), tzinfo=UTC)
        return Intake(medicine(code), day, begin, begin + timedelta(hours=23, minutes=59), amount)
    at = NOW - timedelta(hours=float(when.removeprefix("@")))
    return Intake(medicine(code), at.date(), at, at, amount)
