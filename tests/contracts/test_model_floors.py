"""Tables point downwards only, like imports: string references are no imports, so nobody else would notice."""

import pytest
from django.apps import apps
from django.db.models import Field, Model

FLOORS = [
    {"overview"},
    {"summaries"},
    {"treatment"},
    {"screening"},
    {"diary", "education"},
    {"documents"},
    {"patients", "medicines"},
    {"accounts"},
    {"audit"},
    {"core"},
]
FLOOR_OF = {app: len(FLOORS) - number for number, floor in enumerate(FLOORS) for app in floor}
# The author of a row is Django's user model by setting, known on every floor.
THE_AUTHOR = "accounts"


def our_models() -> list[type[Model]]:
    """Every table of ours that people fill; history tables mirror theirs and come with the package."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("apps.")
        for model in config.get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


def climbs(field: Field, of: str, to: str) -> bool:
    """Whether a relation points to a higher floor or to a neighbour on the same one."""
    if to == of or (to == THE_AUTHOR and field.name == "created_by"):
        return False
    return to in FLOOR_OF and FLOOR_OF[to] >= FLOOR_OF[of]


def test_every_app_has_a_floor() -> None:
    assert {model._meta.app_label for model in our_models()} <= set(FLOOR_OF)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_relations_point_down(model: type[Model]) -> None:
    climbing = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and climbs(field, model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert climbing == []


def test_a_climbing_relation_is_noticed() -> None:
    reason = Field(name="reason")
    assert climbs(reason, "patients", "treatment")
    assert climbs(reason, "diary", "education")
    assert climbs(reason, "core", "accounts")
    assert not climbs(reason, "treatment", "patients")
    assert not climbs(Field(name="created_by"), "core", "accounts")
