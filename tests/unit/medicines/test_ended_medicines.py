"""What the catalogue tells the rule about ending a medicine."""

from typing import Any

import pytest

from apps.clinical.findings import Interval
from apps.clinical.withdrawal import Steady
from apps.medicines.facts import ended_medicine
from apps.medicines.models import Medicine

NOTHING: dict[str, Any] = {"opioid": False, "barbiturate": False, "tranquilliser": False, "steady": None}


@pytest.mark.parametrize(
    ("fields", "flags"),
    [
        ({"ingredients": ["rizatriptan"], "pharmacological_class": "triptan"}, {}),
        ({"ingredients": ["tramadol"], "contains_opioid": True}, {"opioid": True}),
        (
            {"ingredients": ["paracetamol", "butalbital"], "atc_code": "N02BE71", "contains_butalbital": True},
            {"barbiturate": True},
        ),
        ({"ingredients": ["phenobarbital"]}, {"barbiturate": True}),
        ({"ingredients": ["clonazepam"], "pharmacological_class": "benzodiazepine"}, {"tranquilliser": True}),
        ({"ingredients": ["ergotamine"], "atc_code": "N02CA72"}, {"tranquilliser": True}),
        ({"ingredients": ["ergotamine"], "atc_code": "N02CA52"}, {}),
        (
            {"ingredients": ["gabapentin"], "pharmacological_class": "gabapentinoid"},
            {"steady": Steady.GABAPENTINOID},
        ),
        ({"ingredients": ["baclofen"]}, {"steady": Steady.BACLOFEN}),
        ({"ingredients": ["clonidine"], "pharmacological_class": "alpha2_agonist"}, {"steady": Steady.CLONIDINE}),
        ({"ingredients": ["nadolol"], "pharmacological_class": "beta_blocker"}, {"steady": Steady.BETA_BLOCKER}),
        ({"ingredients": ["venlafaxine"], "pharmacological_class": "snri"}, {"steady": Steady.VENLAFAXINE}),
        ({"ingredients": ["duloxetine"], "pharmacological_class": "snri"}, {}),
        ({"ingredients": ["amitriptyline"], "pharmacological_class": "tricyclic"}, {"steady": Steady.AMITRIPTYLINE}),
        ({"ingredients": ["valproate"], "pharmacological_class": "anticonvulsant"}, {"steady": Steady.ANTISEIZURE}),
        ({"ingredients": ["topiramate"], "pharmacological_class": "anticonvulsant"}, {"steady": Steady.ANTISEIZURE}),
    ],
    ids=lambda value: value["ingredients"][-1] + value.get("atc_code", "") if "ingredients" in value else "flags",
)
def test_the_flags_come_from_the_catalogue(fields: dict[str, Any], flags: dict[str, Any]) -> None:
    medicine = Medicine(
        **{
            "code": "x",
            "generic_name": "x",
            "pharmacological_class": "other",
            "overuse_class": "none",
            "certainty": "certain",
            **fields,
        }
    )
    ended = ended_medicine(medicine, Interval(0, 30))
    found = {name: getattr(ended, name) for name in NOTHING}
    assert found == {**NOTHING, **flags}
    assert ended.days == Interval(0, 30)
