"""Resistant and refractory migraine, definition by definition and case by case."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from apps.clinical.findings import Answer
from apps.clinical.refractory.classes import EHF_2020_MEMBERS, DAntonaClass, Ehf2020Class
from apps.clinical.refractory.criteria import Assessment, Definition
from apps.clinical.refractory.dantona_2019 import DAntona2019Settings, dantona_2019
from apps.clinical.refractory.ehf_2014 import Ehf2014Settings, ehf_2014
from apps.clinical.refractory.ehf_2020 import (
    Ehf2020Settings,
    Status,
    ehf_2020_refractory,
    ehf_2020_resistant,
    ehf_2020_status,
)
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.goadsby_2006 import Goadsby2006Settings, goadsby_2006
from apps.clinical.refractory.schulman_2008 import schulman_2008, schulman_2008_chronic
from apps.clinical.refractory.silberstein_2010 import Silberstein2010Settings, silberstein_2010
from tests.clinical.diaries import ON, rows
from tests.clinical.ledgers import facts_of, parts

EHF_2020: dict[str, Callable[..., Assessment]] = {
    "ehf_2020_resistant": ehf_2020_resistant,
    "ehf_2020_refractory": ehf_2020_refractory,
}
PLAIN: dict[str, Callable[..., Assessment]] = {
    "schulman_2008": schulman_2008,
    "schulman_2008_chronic": schulman_2008_chronic,
    "silberstein_2010": silberstein_2010,
}


def chosen(words: str) -> dict[str, list[str]]:
    """Read "available 1 2 3; any_member" as names with their values."""
    return {name: values for name, *values in (part.split() for part in parts(words))}


def ehf_2020_settings(words: str) -> Ehf2020Settings:
    said = chosen(words)
    members = {**EHF_2020_MEMBERS, Ehf2020Class.OTHERS: frozenset(said.get("named", []))}
    available = frozenset(Ehf2020Class(int(each)) for each in said["available"]) if "available" in said else None
    return Ehf2020Settings(
        available=available,
        members=MappingProxyType(members),
        any_member="any_member" in said,
        cgrp_confirmed="unconfirmed" not in said,
    )


def dantona_settings(words: str) -> DAntona2019Settings:
    said = chosen(words)
    return DAntona2019Settings(
        key_available=frozenset(DAntonaClass(each) for each in said["key"]) if "key" in said else None,
        other_drugs=frozenset(said["other"]) if "other" in said else None,
    )


def ehf_2014_settings(words: str) -> Ehf2014Settings:
    said = chosen(words)
    settings = Ehf2014Settings(drugs="drugs" in said)
    return replace(settings, needed=int(said["needed"][0])) if "needed" in said else settings


def assess(definition: str, facts: RefractoryFacts, settings: str) -> Assessment:
    if definition in EHF_2020:
        return EHF_2020[definition](facts, today=ON, settings=ehf_2020_settings(settings))
    if definition == "ehf_2014":
        return ehf_2014(facts, today=ON, settings=ehf_2014_settings(settings))
    if definition == "dantona_2019":
        return dantona_2019(facts, today=ON, settings=dantona_settings(settings))
    if definition == "goadsby_2006":
        other = chosen(settings).get("other")
        return goadsby_2006(facts, today=ON, settings=Goadsby2006Settings(frozenset(other) if other else None))
    return PLAIN[definition](facts, today=ON)


@pytest.mark.parametrize("case", rows("refractory.csv"), ids=lambda case: case["case"])
def test_refractory_case(case: dict[str, str]) -> None:
    facts = facts_of(case["preventives"], case["acutes"], case["facts"], case["months"])
    found = assess(case["definition"], facts, case["settings"])

    answer, _, grade = case["answer"].partition(" ")
    assert found.definition.value == case["definition"]
    assert (found.answer.value, found.grade) == (answer, grade)
    assert bool(found.finding.missing) is (found.answer is Answer.CANNOT_TELL), "an open answer says what is missing"
    for criterion in found.criteria:
        assert bool(criterion.would_decide) is (criterion.answer is Answer.CANNOT_TELL), criterion.asks


def test_every_definition_has_cases_of_each_answer() -> None:
    seen = {(case["definition"], case["answer"].split()[0]) for case in rows("refractory.csv")}
    assert seen == {(each.value, answer.value) for each in Definition for answer in Answer}


def criterion(found: Assessment, code: str) -> Any:
    return next(each for each in found.criteria if each.code == code)


def test_a_criterion_names_the_rows_that_prove_it() -> None:
    facts = facts_of(
        "propranolol inefficacy; metoprolol response; topiramate intolerance; amitriptyline inefficacy",
        "sumatriptan-oral inefficacy; naratriptan inefficacy",
        "",
        "",
    )
    found = ehf_2020_resistant(facts, today=ON)
    assert criterion(found, "classes").rows == ("p3", "p2", "p0")
    assert criterion(found, "classes").says == (
        "3 failed: Antidepressants (amitriptyline); Antiepileptics (topiramate); Beta-blockers (propranolol)"
    )
    assert criterion(found, "triptans").rows == ("a0", "a1")
    assert criterion(found, "months").months == tuple(month.count.period for month in facts.months[:3])
    assert len(criterion(found, "months").days) == 24
    assert [reading.failed for reading in found.readings] == [True, False, True, True]


def test_what_would_decide_it_is_named() -> None:
    facts = facts_of("propranolol unknown; topiramate inefficacy nodose noweeks", "", "preventives_complete no", "")
    assert criterion(schulman_2008(facts, today=ON), "B1").would_decide == (
        "The outcome of propranolol",
        "Cannot assess: the dose of topiramate is not recorded",
        "Cannot assess: how long topiramate was taken at its dose is not recorded",
        "Whether every preventive ever tried is on the list",
    )


def test_what_is_settled_is_not_asked_for() -> None:
    facts = facts_of("propranolol inefficacy; metoprolol unknown; topiramate unknown", "", "", "")
    assert criterion(schulman_2008(facts, today=ON), "B1").would_decide == ("The outcome of topiramate",)
    again = facts_of("fremanezumab-monthly inefficacy; fremanezumab-quarterly unknown; topiramate unknown", "", "", "")
    assert criterion(silberstein_2010(again, today=ON), "moderate").would_decide == ("The outcome of topiramate",)


@pytest.mark.parametrize(
    ("preventives", "answer"),
    [
        ("propranolol inefficacy; topiramate inefficacy; candesartan inefficacy", Answer.NOT_MET),
        ("propranolol inefficacy; topiramate inefficacy; verapamil inefficacy", Answer.MET),
        ("propranolol inefficacy; topiramate inefficacy; verapamil inefficacy noweeks", Answer.CANNOT_TELL),
    ],
)
def test_core_classes_of_goadsby(preventives: str, answer: Answer) -> None:
    assert criterion(goadsby_2006(facts_of(preventives, "", "", ""), today=ON), "core").answer is answer


def test_only_the_criterion_that_settles_it_gives_its_days() -> None:
    facts = facts_of("propranolol inefficacy", "", "", "")
    found = ehf_2020_resistant(facts, today=ON)
    assert (found.answer, found.finding.deciding_days) == (Answer.NOT_MET, ())
    assert [each.code for each in found.against] == ["triptans", "classes"]


def test_refractory_names_the_classes_that_are_left() -> None:
    facts = facts_of("propranolol inefficacy", "", "", "")
    found = ehf_2020_refractory(facts, today=ON, settings=ehf_2020_settings("available 2 3"))
    assert criterion(found, "classes").says == (
        "1 failed: Beta-blockers (propranolol); not failed or not known: Antiepileptics"
    )


TRIPTANS = "sumatriptan-oral inefficacy; naratriptan inefficacy"
THREE = "propranolol inefficacy; topiramate inefficacy; amitriptyline inefficacy"


@pytest.mark.parametrize(
    ("preventives", "changes", "settings", "status"),
    [
        (THREE, "", "available 1 2 3", Status.REFRACTORY),
        (THREE, "", "available 1 2 3 4", Status.RESISTANT),
        (THREE, "preventives_complete no", "available 1 2 3 4", Status.CANNOT_TELL),
        ("propranolol inefficacy", "", "available 1 2 3", Status.NEITHER),
        ("propranolol inefficacy", "preventives_complete no", "available 1 2 3", Status.CANNOT_TELL),
        ("propranolol inefficacy", "", "available 3", Status.REFRACTORY),
    ],
)
def test_the_higher_label_is_shown(preventives: str, changes: str, settings: str, status: Status) -> None:
    facts = facts_of(preventives, TRIPTANS, changes, "")
    given = ehf_2020_settings(settings)
    resistant = ehf_2020_resistant(facts, today=ON, settings=given)
    assert ehf_2020_status(resistant, ehf_2020_refractory(facts, today=ON, settings=given)) is status
    assert status.label == status.value.replace("_", " ").capitalize()


def test_a_country_without_any_class_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Ehf2020Settings(available=frozenset())


ONE, FOUR = "ibuprofen-oral inefficacy", "morphine inefficacy"
TWO, THIRD = "sumatriptan-oral inefficacy", "metoclopramide-oral inefficacy"


@pytest.mark.parametrize(
    ("acutes", "answers"),
    [
        ("", "not_met not_met not_met"),
        (ONE, "met not_met not_met"),
        ("paracetamol-caffeine inefficacy", "met not_met not_met"),
        (f"{ONE}; {TWO}", "met not_met not_met"),
        (f"{ONE}; {TWO}; {THIRD}", "met met not_met"),
        (f"{ONE}; ergotamine inefficacy; ketorolac-injected inefficacy", "met met not_met"),
        (f"{ONE}; {TWO}; {THIRD}; {FOUR}", "met met met"),
        (f"{ONE}; {TWO}; {THIRD}; prednisone inefficacy", "met met met"),
        (f"{ONE}; {TWO}; {THIRD}; metoclopramide-injected inefficacy", "met met met"),
        (f"{ONE}; {TWO}; {THIRD}; ondansetron inefficacy", "met met not_met"),
        ("ibuprofen inefficacy", "cannot_tell not_met not_met"),
        ("ibuprofen response", "not_met not_met not_met"),
        (f"{ONE}; {TWO}; metoclopramide inefficacy", "met cannot_tell cannot_tell"),
    ],
)
def test_acute_grades_of_silberstein(acutes: str, answers: str) -> None:
    found = silberstein_2010(facts_of("propranolol inefficacy", acutes, "", ""), today=ON)
    grades = [each.answer.value for each in found.criteria if each.code.startswith("acute")]
    assert " ".join(grades) == answers


def test_the_first_six_classes_are_a_setting() -> None:

    facts = facts_of("propranolol inefficacy; topiramate inefficacy", "", "", "")
    found = silberstein_2010(facts, today=ON, settings=Silberstein2010Settings(first_six=frozenset()))
    assert found.grade == "mild"


def test_rows_and_midas_are_checked() -> None:
    facts = facts_of("propranolol inefficacy", "", "", "")
    with pytest.raises(ValueError, match="same row"):
        replace(facts, preventives=facts.preventives * 2)
    with pytest.raises(ValueError, match="MIDAS"):
        replace(facts, midas=461)
