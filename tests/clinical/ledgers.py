"""What was tried, in a few words, for case tables that a clinician can read."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from apps.clinical.completeness import of_count
from apps.clinical.counting import Count
from apps.clinical.periods import windows_back
from apps.clinical.refractory.classes import DrugClass, Ehf2014Group, Ehf2020Class, SchulmanClass
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.months import DebilitatingMonth
from apps.clinical.refractory.trials import AcuteTrial, Drug, Outcome, PreventiveTrial, Treatment
from tests.clinical.diaries import ON

CATALOGUE = Path(__file__).parents[2] / "apps" / "medicines" / "catalogue"
QUARTERLY = {"fremanezumab-quarterly", "eptinezumab"}
BY_CLASS = {
    DrugClass.BOTULINUM_TOXIN: Treatment.BOTULINUM_TOXIN,
    DrugClass.CGRP_LIGAND_ANTIBODY: Treatment.ANTIBODY_MONTHLY,
    DrugClass.CGRP_RECEPTOR_ANTIBODY: Treatment.ANTIBODY_MONTHLY,
    DrugClass.GEPANT: Treatment.GEPANT,
    DrugClass.LOCAL_ANAESTHETIC: Treatment.OTHER,
}
PARENTERAL = {"": None, "oral": False, "nasal": False}
TRIED_WEEKS = 26


def drug_of(row: dict[str, str]) -> Drug:
    """Read one line of the medicines catalogue as the rules see it."""
    drug_class = DrugClass(row["pharmacological_class"])
    treatment = BY_CLASS.get(drug_class, Treatment.ORAL)
    return Drug(
        code=row["code"],
        name=row["generic_name"],
        ingredient=row["ingredients"].split(";")[0],
        drug_class=drug_class,
        treatment=Treatment.ANTIBODY_QUARTERLY if row["code"] in QUARTERLY else treatment,
        schulman_2008=SchulmanClass(row["schulman_2008_class"]) if row["schulman_2008_class"] else None,
        ehf_2014=Ehf2014Group(row["ehf_2014_group"]) if row["ehf_2014_group"] else None,
        ehf_2020=Ehf2020Class(int(row["ehf_2020_class"])) if row["ehf_2020_class"] else None,
        dose_low=Decimal(row["dose_low"]) if row["dose_low"] else None,
        dose_unit=row["dose_unit"],
        parenteral=PARENTERAL.get(row["route"], True),
    )


def _catalogue() -> Iterator[Drug]:
    for path in sorted(CATALOGUE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as opened:
            yield from (drug_of(row) for row in csv.DictReader(opened))


DRUGS = {drug.code: drug for drug in _catalogue()}
SPECIAL = {
    "ketorolac-injected": replace(DRUGS["ketorolac"], parenteral=True),
    "ibuprofen-oral": replace(DRUGS["ibuprofen"], parenteral=False),
    "metoclopramide-oral": replace(DRUGS["metoclopramide"], parenteral=False),
    "metoclopramide-injected": replace(DRUGS["metoclopramide"], parenteral=True),
    "melatonin-as-8": replace(DRUGS["melatonin"], ehf_2020=Ehf2020Class.OTHERS),
}


def preventive(words: str, row: str) -> PreventiveTrial:
    """Read "propranolol inefficacy", tried adequately unless it says otherwise: "7w", "low", "1c", "40%", "whole"."""
    name, outcome, *details = words.split()
    drug = {**DRUGS, **SPECIAL}[name]
    changes: dict[str, Any] = {}
    for detail in details:
        changes |= _detail(detail)
    weeks = changes.pop("weeks", TRIED_WEEKS)
    started = ON - timedelta(days=400)
    tried = PreventiveTrial(
        row=row,
        drug=drug,
        outcome=None if outcome == "unknown" else Outcome(outcome),
        started=started,
        target_reached=started,
        stopped=None if weeks is None else started + timedelta(weeks=weeks),
        dose_reached=drug.dose_low,
        highest_tolerated=False,
        cycles=2,
    )
    return replace(tried, **changes)


def _detail(word: str) -> dict[str, Any]:
    named: dict[str, dict[str, Any]] = {
        "low": {"dose_reached": Decimal("0.1")},
        "tolerated": {"highest_tolerated": True},
        "nodose": {"dose_reached": None, "highest_tolerated": None},
        "noweeks": {"weeks": None},
        "whole": {"whole_class": True},
    }
    if word in named:
        return named[word]
    number, unit = int(word[:-1]), word[-1]
    return {"w": {"weeks": number}, "c": {"cycles": number}, "%": {"best_reduction": number}}[unit]


def acute(words: str, row: str) -> AcuteTrial:
    """Read "naratriptan inefficacy", taken early in the right dose unless it says "late", "low", "notasked"."""
    name, outcome, *details = words.split()
    return AcuteTrial(
        row=row,
        drug={**DRUGS, **SPECIAL}[name],
        outcome=None if outcome == "unknown" else Outcome(outcome),
        taken_early=None if "notasked" in details else "late" not in details,
        dose_adequate=None if "notasked" in details else "low" not in details,
        whole_class="whole" in details,
    )


def months(words: str) -> tuple[DebilitatingMonth, ...]:
    """Read debilitating days of each 30-day window, newest first: "8 7+1" is 8, then 7 with one open day."""
    parts = words.split()
    found = []
    for period, part in zip(windows_back(ON, len(parts)), parts, strict=True):
        certain, _, open_ = part.partition("+")
        days = period.days
        count = Count("x", "1.0", period, days[: int(certain)], days[len(days) - int(open_ or 0) :])
        found.append(DebilitatingMonth(count, of_count(count)))
    return tuple(found)


def parts(words: str) -> list[str]:
    """Split a cell at its semicolons."""
    return [part.strip() for part in words.split(";") if part.strip()]


GOOD = RefractoryFacts(
    migraine=True,
    chronic_migraine=True,
    interference=True,
    medication_overuse=False,
    overuse_headache=False,
    secondary_causes_excluded=True,
    comorbidity_care=True,
    team_available=True,
    acute_use_confirmed=True,
    cgrp_class_exhausted=True,
    infusion_or_inpatient_failed=False,
    detoxification_failed=False,
    midas=40,
    preventives_complete=True,
    acutes_complete=True,
    months=months("8 8 8 8 8 8"),
)
KNOWN = {"yes": True, "no": False, "unknown": None}


def facts_of(preventives: str, acutes: str, changes: str, monthly: str) -> RefractoryFacts:
    """Build facts from cells: "chronic_migraine no; preventives_complete no" changes what is otherwise all well."""
    changed: dict[str, Any] = {}
    for change in parts(changes):
        name, value = change.split()
        changed[name] = KNOWN[value]
    return replace(
        GOOD,
        preventives=tuple(preventive(part, f"p{place}") for place, part in enumerate(parts(preventives))),
        acutes=tuple(acute(part, f"a{place}") for place, part in enumerate(parts(acutes))),
        months=months(monthly) if monthly else GOOD.months,
        **changed,
    )
