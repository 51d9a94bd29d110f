"""Somebody has decided about every table and every column; the database does what the table of decisions says."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from tests.contracts.fields import COMMON, TABLES, History

OURS = {
    model._meta.label: model
    for config in apps.get_app_configs()
    if config.name.startswith("apps.")
    for model in config.get_models()
    if not hasattr(model, "pgh_tracked_model")
}
EVENTS = {model.pgh_tracked_model: model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
# What the history adds to the columns it copies.
OF_THE_HISTORY = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context"}


def columns(model: type[Model]) -> set[str]:
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def test_every_table_is_decided_about() -> None:
    assert set(OURS) - set(TABLES) == set(), "tables that tests/contracts/fields.py does not know"
    assert set(TABLES) - set(OURS) == set(), "lines of tests/contracts/fields.py without a table"


@pytest.mark.parametrize("label", TABLES)
def test_every_column_is_decided_about_once(label: str) -> None:
    decided = TABLES[label].columns()
    assert len(decided) == len(set(decided))
    assert columns(OURS[label]) - COMMON == set(decided)


@pytest.mark.parametrize("label", [label for label, table in TABLES.items() if table.history is History.TRACKED])
def test_a_tracked_table_copies_every_column_that_is_not_excused(label: str) -> None:
    model, table = OURS[label], TABLES[label]
    missing = {field.name for field in model._meta.concrete_fields} - columns(EVENTS[model])
    assert missing == set(table.untracked.split())
    assert bool(missing) == bool(table.reason)


@pytest.mark.parametrize("label", [label for label, table in TABLES.items() if table.history is not History.TRACKED])
def test_a_table_without_history_has_a_guard_or_a_reason(label: str, db: None) -> None:
    model, table = OURS[label], TABLES[label]
    assert model not in EVENTS
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgtype FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [model._meta.db_table]
        )
        guarded = bool(cursor.fetchall())
    assert guarded == (table.history is not History.NONE)
    assert guarded or table.reason


@pytest.mark.parametrize("model", EVENTS.values(), ids=lambda model: model._meta.label)
def test_history_itself_is_append_only(model: type[Model], db: None) -> None:
    assert columns(model) >= OF_THE_HISTORY
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_append_only%%'",
            [model._meta.db_table],
        )
        assert cursor.fetchone()[0] == 1


def test_a_tracked_table_about_a_patient_leads_to_the_patient() -> None:
    about_health = {label for label, table in TABLES.items() if table.health and table.history is History.TRACKED}
    without = {label for label in about_health if "patient" not in columns(OURS[label])}
    assert without == {"patients.Patient"}
