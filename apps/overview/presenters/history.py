"""The history in sentences: who did what to which part of the chart, with the fields before and after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from apps.core.dates import short_date, short_time
from apps.overview.selectors.history import Event

VERBS = {"insert": "recorded", "update": "changed", "delete": "deleted"}
# What the machine needs and nobody reads.
SILENT = {"id", "patient", "created_at", "created_by", "updated_at", "version", "search_text", "course", "position"}
LONGEST = 300
# So many changed fields are shown without a click.
AT_ONCE = 3


@dataclass(frozen=True)
class Change:
    """One field, as it was and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One event as a row of the page."""

    at: datetime
    who: str
    what: str
    changes: tuple[Change, ...]
    shown_at_once: bool


def lines(events: Iterable[Event]) -> list[Line]:
    """The events as rows, without those that changed nothing a reader knows of.

    One query for each kind of record that the fields point to (people, medicines, visits).
    """
    events = list(events)
    names = _names(events)
    told = [_line(event, tuple(_changes(event, names))) for event in events]
    return [line for line in told if line.changes or not line.shown_at_once]


def _line(event: Event, changes: tuple[Change, ...]) -> Line:
    return Line(
        at=event.at,
        who=event.who,
        what=f"{_title(event.model)} {VERBS.get(event.kind, event.kind)}",
        changes=changes,
        shown_at_once=event.kind == "update" and len(changes) <= AT_ONCE,
    )


def _title(model: type[models.Model]) -> str:
    title = str(model._meta.verbose_name)
    return title[:1].upper() + title[1:]


def _changes(event: Event, names: dict[type[models.Model], dict[str, str]]) -> Iterable[Change]:
    if event.kind == "delete":
        return
    for field in _told(event.model):
        after = event.after.get(field.column)
        before = event.before.get(field.column) if event.before else None
        if after == before or (event.before is None and after in (None, "")):
            continue
        label = str(field.verbose_name)
        yield Change(label[:1].upper() + label[1:], _words(field, before, names), _words(field, after, names))


def _told(model: type[models.Model]) -> Iterable[Any]:
    return (field for field in model._meta.concrete_fields if field.name not in SILENT)


def _words(field: Any, value: Any, names: dict[type[models.Model], dict[str, str]]) -> str:
    if value in (None, ""):
        return ""
    if field.is_relation:
        return names.get(field.related_model, {}).get(str(value), "another record")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _shortened(_plain(value) if isinstance(value, dict | list) else _as_date(field, value))


def _plain(value: Any) -> str:
    """What is stored as a structure, in words: a labelled value, a finding by its headline, anything else by its keys."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    if not isinstance(value, dict):
        return str(value)
    if "finding" in value:
        return _plain(value["finding"])
    if "headline" in value:
        return str(value["headline"])
    if {"label", "value"} <= value.keys():
        return f"{value['label']}: {value['value']}"
    return "; ".join(f"{str(key).replace('_', ' ')}: {_plain(each)}" for key, each in value.items())


def _as_date(field: Any, value: Any) -> str:
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return short_time(moment)
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return short_date(date(day.year, day.month, day.day))
    return str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _names(events: list[Event]) -> dict[type[models.Model], dict[str, str]]:
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for event in events:
        for field in _told(event.model):
            if field.is_relation:
                rows = (event.after, event.before or {})
                wanted[field.related_model] |= {str(row[field.column]) for row in rows if row.get(field.column)}
    return {
        model: {str(record.pk): str(record) for record in model._base_manager.filter(pk__in=keys)}
        for model, keys in wanted.items()
        if keys
    }
