"""Reads of the catalogue and their translation for the rule book."""

from __future__ import annotations

import pytest

from apps.clinical.diary import AcuteUse, OveruseClass
from apps.medicines import facts, selectors
from apps.medicines.models import Medicine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("medicines_catalogue")]


def codes(medicines: object) -> set[str]:
    return {medicine.code for medicine in medicines}  # type: ignore[attr-defined]


def test_acute_medicines_are_acute_and_rescue_and_nothing_else() -> None:
    found = codes(selectors.acute_medicines())
    assert {"rizatriptan", "morphine", "rimegepant", "ondansetron"} <= found
    assert {"propranolol", "atogepant", "bupivacaine-local"}.isdisjoint(found)


def test_preventive_medicines() -> None:
    found = codes(selectors.preventive_medicines())
    assert {"propranolol", "rimegepant", "onabotulinumtoxina"} <= found
    assert "rizatriptan" not in found


def test_procedure_medicines() -> None:
    assert codes(selectors.procedure_medicines()) == {"lidocaine-local", "bupivacaine-local"}


def test_a_withdrawn_medicine_is_in_no_list_but_still_found_by_its_code() -> None:
    Medicine.objects.filter(code="rizatriptan").update(active=False)
    assert "rizatriptan" not in codes(selectors.acute_medicines())
    assert "rizatriptan" not in codes(selectors.find_medicines(text="rizatriptan"))
    assert selectors.medicine_by_code("rizatriptan") is not None
    assert set(selectors.medicines_by_code(["rizatriptan", "no-such"])) == {"rizatriptan"}


def test_an_unknown_code_is_nothing() -> None:
    assert selectors.medicine_by_code("no-such") is None


@pytest.mark.parametrize(
    ("filters", "found", "not_found"),
    [
        ({"text": "PROPRA"}, "propranolol", "metoprolol"),
        ({"text": "n02cc01"}, "sumatriptan-nasal", "naratriptan"),
        ({"text": "codeine"}, "codeine-paracetamol", "morphine"),
        ({"text": "100%"}, None, "propranolol"),
        ({"use": "rescue"}, "morphine", "ibuprofen"),
        ({"overuse_class": "nsaid"}, "sumatriptan-naproxen", "sumatriptan-oral"),
        ({"ehf_2020_class": 6}, "candesartan", "propranolol"),
        ({"text": "sumatriptan", "overuse_class": "nsaid"}, "sumatriptan-naproxen", "naproxen"),
    ],
)
def test_filters(filters: dict[str, object], found: str | None, not_found: str) -> None:
    result = codes(selectors.find_medicines(**filters))  # type: ignore[arg-type]
    assert found is None or found in result
    assert not_found not in result


def test_choices_say_what_should_not_be_offered() -> None:
    choices = dict(selectors.as_choices(selectors.preventive_medicines()))
    assert choices["butterbur"] == "butterbur (do not offer)"
    assert choices["propranolol"] == "propranolol"
    assert list(choices.values()) == sorted(choices.values())


def test_grouped_choices_hold_each_medicine_once() -> None:
    grouped = selectors.as_grouped_choices(selectors.acute_medicines())
    assert [group for group, _ in grouped] == sorted(group for group, _ in grouped)
    inside = [code for _, members in grouped for code, _ in members]
    assert sorted(inside) == sorted(codes(selectors.acute_medicines()))


def use_of(code: str, *, scheduled: bool = False) -> AcuteUse:
    medicine = selectors.medicine_by_code(code)
    assert medicine is not None
    return facts.acute_use(medicine, scheduled=scheduled)


def test_a_fixed_tablet_counts_in_two_classes() -> None:
    assert use_of("sumatriptan-naproxen") == AcuteUse(
        code="sumatriptan-naproxen",
        name="sumatriptan with naproxen",
        overuse_class=OveruseClass.TRIPTAN,
        also_class=OveruseClass.NSAID,
        migraine_specific=True,
    )


def test_flags_for_early_warnings_travel_along() -> None:
    assert use_of("rimegepant").gepant
    assert use_of("rimegepant", scheduled=True).scheduled
    assert use_of("codeine-paracetamol").opioid
    assert use_of("paracetamol-butalbital").butalbital
    assert not use_of("paracetamol").opioid


def test_every_acute_medicine_can_become_a_fact() -> None:
    for medicine in selectors.acute_medicines():
        assert facts.acute_use(medicine).code == medicine.code
