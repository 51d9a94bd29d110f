"""The history of a chart, read from the event tables that database triggers write.

Every tracked model with a `patient` is read, so a new one appears here by itself. One statement for a whole page,
whatever the number of models and events.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from psycopg import sql

from apps.patients.models import Patient
from apps.screening.models import Administration, SensitiveConsent, TabletSet
from apps.screening.offered import sensitive_codes

PAGE = 50
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Event:
    """One row as it was after a change, and as it was before (None when it is new)."""

    at: datetime
    kind: str
    number: int
    model: type[models.Model]
    who: str
    after: dict[str, Any]
    before: dict[str, Any] | None

    @property
    def place(self) -> "Place":
        return Place(self.at, self.model._meta.label, self.number)


@dataclass(frozen=True)
class Place:
    """Where a page of the history ends: moment, model and number of its last event.

    The moment alone would not do: everything written in one transaction has the same.
    """

    at: datetime
    label: str
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}|{self.label}|{self.number}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place from an address; None for anything that is not one."""
        parts = text.split("|")
        try:
            at = parse_datetime(parts[0])
        except ValueError:
            return None
        if len(parts) != 3 or at is None or timezone.is_naive(at) or not parts[2].isdecimal():
            return None
        return cls(at, parts[1], min(int(parts[2]), LARGEST_NUMBER))


def events_of(
    patient: Patient, *, after: Place | None = None, page: int = PAGE, sensitive: bool = False
) -> list[Event]:
    """The newest events of a chart, or those that come after a place in its history.

    `sensitive`: with what is asked under a consent of its own, for those with the narrower right. Returns up to `page` + 1 events, so that the caller knows whether there are more. One query.
    """
    tracked = [model for model in tracked_models() if sensitive or model is not SensitiveConsent]
    statement = sql.SQL("SELECT * FROM ({}) AS every ORDER BY at DESC, label, number DESC LIMIT {}").format(
        sql.SQL(" UNION ALL ").join(_events_of_one(model, after, page + 1, sensitive) for model in tracked),
        sql.Literal(page + 1),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.cursor), [patient.pk] * len(tracked))
        rows = cursor.fetchall()
    return [
        Event(at, kind, number, apps.get_model(label), who or "not known", _read(now), _read(earlier))
        for at, kind, number, label, who, now, earlier in rows
    ]


@cache
def tracked_models() -> tuple[type[models.Model], ...]:
    """Every model with history that belongs to a patient, and the patient itself."""
    return tuple(model for model in apps.get_models() if model in _event_tables() and _owner_column(model))


def _events_of_one(model: type[models.Model], after: Place | None, page: int, sensitive: bool) -> sql.Composable:
    return sql.SQL(
        "(SELECT e.pgh_created_at AS at, e.pgh_label AS kind, e.pgh_id AS number, {label} AS label, c.metadata->>'who' AS who,"
        " to_jsonb(e) AS now, (SELECT to_jsonb(p) FROM {table} p WHERE p.pgh_obj_id = e.pgh_obj_id"
        " AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1) AS earlier"
        " FROM {table} e LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id"
        " WHERE e.{owner} = %s AND {further} AND {readable} ORDER BY e.pgh_created_at DESC, e.pgh_id DESC LIMIT {page})"
    ).format(
        label=sql.Literal(model._meta.label),
        table=sql.Identifier(_event_tables()[model]),
        owner=sql.Identifier(str(_owner_column(model))),
        further=_further(model._meta.label, after),
        readable=_readable(model, sensitive),
        page=sql.Literal(page),
    )


def _readable(model: type[models.Model], sensitive: bool) -> sql.Composable:
    """Leaves sensitive sheets, and tablet sets that ask for them, out of a history without the narrower right."""
    codes = sql.SQL(", ").join(sql.Literal(code) for code in sorted(sensitive_codes()))
    if not sensitive and model is Administration:
        return sql.SQL("e.instrument NOT IN ({})").format(codes)
    if not sensitive and model is TabletSet:
        return sql.SQL("NOT e.instruments::text[] && ARRAY[{}]").format(codes)
    return sql.SQL("true")


def _further(label: str, after: Place | None) -> sql.Composable:
    """The condition for the events of one model that come after a place; order is moment, model, number."""
    if after is None:
        return sql.SQL("true")
    same_moment: sql.Composable = sql.SQL("true" if label > after.label else "false")
    if label == after.label:
        same_moment = sql.SQL("e.pgh_id < {}").format(sql.Literal(after.number))
    return sql.SQL("(e.pgh_created_at < {at} OR (e.pgh_created_at = {at} AND {same}))").format(
        at=sql.Literal(after.at), same=same_moment
    )


@cache
def _event_tables() -> dict[type[models.Model], str]:
    """The table of events of each model that has a history."""
    tables = {}
    for event in apps.get_models():
        tracked: type[models.Model] | None = getattr(event, "pgh_tracked_model", None)
        if tracked is not None:
            tables[tracked] = event._meta.db_table
    return tables


def _owner_column(model: type[models.Model]) -> str | None:
    if model is Patient:
        return "pgh_obj_id"
    return "patient_id" if any(field.name == "patient" for field in model._meta.fields) else None


def _read(row: Any) -> Any:
    """A row as the database hands it over: JSON already read, or its text; None when there is none."""
    return json.loads(row) if isinstance(row, str) else row
