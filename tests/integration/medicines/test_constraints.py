"""What the database refuses on every way in, with a sentence for people."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from apps.core.writing import readable_refusal
from apps.medicines.models import Medicine

pytestmark = pytest.mark.django_db

DOSE = {"dose_low": 50, "dose_high": 100, "dose_unit": "mg", "dose_period": "day"}


@pytest.fixture
def medicine() -> Medicine:
    return Medicine.objects.create(
        code="naproxen",
        generic_name="naproxen",
        ingredients=["naproxen"],
        is_acute=True,
        pharmacological_class="nsaid",
        overuse_class="nsaid",
        overuse_limit_days=15,
        planning_max_days=14,
        source="A source",
        certainty="certain",
    )


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"generic_name": ""}, "name_given"),
    ({"ingredients": []}, "has_ingredient"),
    ({"atc_code": "C07AA0", "atc_version": "2026-04-25"}, "atc_form"),
    ({"atc_code": "C07AA05"}, "atc_form"),
    ({"is_acute": False}, "has_use"),
    ({"ehf_2020_class": 0}, "ehf_2020_class_range"),
    ({"ehf_2020_class": 9}, "ehf_2020_class_range"),
    ({"overuse_limit_days": 10}, "limit_goes_with_class"),
    ({"overuse_limit_days": None}, "limit_goes_with_class"),
    ({"overuse_class": "triptan"}, "limit_goes_with_class"),
    ({"overuse_class": "none"}, "limit_goes_with_class"),
    ({"also_overuse_class": "nsaid"}, "second_class_differs"),
    ({"also_overuse_class": "none"}, "second_class_differs"),
    ({"planning_max_days": 15}, "planning_below_limit"),
    ({"overuse_class": "none", "overuse_limit_days": None, "planning_max_days": 32}, "planning_below_limit"),
    (DOSE | {"dose_low": 101}, "dose_range"),
    (DOSE | {"dose_low": 0}, "dose_range"),
    (DOSE | {"dose_low": None}, "dose_range"),
    (DOSE | {"dose_max": 99}, "dose_max_range"),
    ({"max_per_24h": 0, "dose_unit": "mg"}, "max_per_24h_range"),
    ({"max_per_24h": 10}, "dose_has_unit"),
    ({"dose_unit": "mg"}, "dose_has_unit"),
    (DOSE | {"dose_period": ""}, "dose_has_period"),
    ({"dose_period": "day"}, "dose_has_period"),
    ({"trial_weeks": 0}, "trial_weeks_range"),
    ({"trial_weeks": 53}, "trial_weeks_range"),
    ({"source": ""}, "source_given"),
    ({"certainty": "check"}, "doubt_is_named"),
    ({"to_confirm": "The dose"}, "doubt_is_named"),
    ({"overuse_class": "not_identified"}, "overuse_class_known"),
    ({"also_overuse_class": "painkiller"}, "also_overuse_class_known"),
    ({"certainty": "sure", "to_confirm": "all"}, "certainty_known"),
    ({"pharmacological_class": "painkiller"}, "pharmacological_class_known"),
    ({"ehf_2014_group": "gepant"}, "ehf_2014_group_known"),
    ({"schulman_2008_class": "snri"}, "schulman_2008_class_known"),
    ({"route": "ear"}, "route_known"),
    (DOSE | {"dose_unit": "spoon"}, "dose_unit_known"),
    (DOSE | {"dose_period": "week"}, "dose_period_known"),
    ({"advice": "avoid"}, "advice_known"),
]


def set_by_raw_sql(medicine: Medicine, change: dict[str, Any]) -> None:
    columns = ", ".join(f"{column} = %s" for column in change)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE medicines_medicine SET {columns} WHERE id = %s",  # noqa: S608 - column names of this test
            [*change.values(), medicine.pk],
        )


def refusal_of(error: IntegrityError) -> str | None:
    return error.__cause__.diag.constraint_name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "name"), REFUSED, ids=[f"{name}-{number}" for number, (_, name) in enumerate(REFUSED)]
)
def test_raw_sql_is_refused(medicine: Medicine, change: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        set_by_raw_sql(medicine, change)
    # Several rules can refuse the same row; PostgreSQL names the first, so the expected one is asked for directly.
    rule = next(rule for rule in Medicine._meta.constraints if rule.name == f"medicines_medicine_{name}")
    for field, value in change.items():
        setattr(medicine, field, value)
    with pytest.raises(ValidationError) as explained:
        rule.validate(Medicine, medicine)
    assert explained.value.messages == [rule.violation_error_message]
    assert "violates" not in readable_refusal(refused.value)


def test_every_named_rule_is_tried_above() -> None:
    tried = {f"medicines_medicine_{name}" for _, name in REFUSED}
    # The form of the code is tried below, on a new row, because the code of a row never changes.
    assert {rule.name for rule in Medicine._meta.constraints} - tried == {"medicines_medicine_code_form"}


@pytest.mark.parametrize("change", [{"planning_max_days": 0}, DOSE, DOSE | {"dose_max": 100}, {"trial_weeks": 52}])
def test_the_edges_are_accepted(medicine: Medicine, change: dict[str, Any]) -> None:
    set_by_raw_sql(medicine, change)


def test_the_form_of_the_code_is_kept(medicine: Medicine) -> None:
    medicine.pk, medicine.code = None, "Naproxen 500"
    medicine._state.adding = True
    with pytest.raises(IntegrityError) as refused:
        Medicine.objects.bulk_create([medicine])
    assert refusal_of(refused.value) == "medicines_medicine_code_form"


def test_the_code_never_changes(medicine: Medicine) -> None:
    with pytest.raises(IntegrityError) as refused:
        set_by_raw_sql(medicine, {"code": "other"})
    assert refusal_of(refused.value) == "medicines_medicine_code_stays"
    assert readable_refusal(refused.value).startswith("The code of a medicine never changes")


def test_a_medicine_is_never_deleted(medicine: Medicine) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Medicine.objects.filter(pk=medicine.pk).delete()
    assert readable_refusal(refused.value) == "A medicine is withdrawn from the catalogue, never deleted."
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM medicines_medicine")
