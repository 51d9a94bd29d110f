"""How everything is written: one transaction, a named author, an entry in the history, refusals in plain words."""

import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.expressions import DatabaseDefault

from apps.core.models import UsedFormToken, VersionedRecord

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """A write that a rule does not allow. `errors` maps a field name (or "" for the whole) to sentences."""

    def __init__(self, errors: str | dict[str, list[str]]) -> None:
        self.errors: dict[str, list[str]] = {"": [errors]} if isinstance(errors, str) else errors
        super().__init__(" ".join(sentence for sentences in self.errors.values() for sentence in sentences))


class StaleSave(Exception):
    """Somebody else saved the record meanwhile. `current` is the record as it is now."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__("This was changed by somebody else while you were working on it.")


class AlreadySaved(Exception):
    """The same form was sent twice; the first one counts."""


@dataclass(frozen=True)
class SystemProcess:
    """The author of what no person does: an import, the document sweep, the demo clinic."""

    name: str

    @property
    def pk(self) -> None:
        return None


def author_of(by: Any) -> Any:
    """The user to store as `created_by`: nobody when a process writes."""
    return None if isinstance(by, SystemProcess) else by


def label_of(by: Any) -> str:
    """The author's name as the history shows it, also after the account is gone."""
    return f"process: {by.name}" if isinstance(by, SystemProcess) else str(by)


def writes(service: Callable[P, R]) -> Callable[P, R]:
    """Make a function the one way to write something.

    Runs it in a transaction, puts the acting user (`by=`) into the change history, and turns what the database or
    the model refuses into `Refused` with sentences for people. An optional `form_token=` makes a repeated submit
    raise `AlreadySaved` instead of writing again.

    Raises TypeError when `by` is missing: no write without an author.
    """

    @functools.wraps(service)
    def write(*args: P.args, **kwargs: P.kwargs) -> R:
        by: Any = kwargs.get("by")
        if by is None:
            raise TypeError(f"{service.__name__}() needs by=, the acting user or a SystemProcess")
        token: Any = kwargs.pop("form_token", None)
        try:
            with (
                transaction.atomic(),
                pghistory.context(user=str(by.pk) if by.pk else None, who=label_of(by), service=service.__name__),
            ):
                if token:
                    _claim(uuid.UUID(str(token)))
                return service(*args, **kwargs)
        except ValidationError as error:
            raise Refused(_sentences(error)) from error
        except IntegrityError as error:
            raise Refused(readable_refusal(error)) from error

    return write


def save_checked(record: models.Model) -> None:
    """Validate a new or changed row with its fields' and constraints' own messages, then save it.

    Columns that the database itself fills in are left to it: looking for their duplicates would call the
    database's function once for every row there is.
    """
    filled_by_the_database = {
        field.name
        for field in record._meta.concrete_fields
        if isinstance(record.__dict__.get(field.attname), DatabaseDefault)
    }
    record.full_clean(exclude=filled_by_the_database)
    record.save()


def save_version(record: VersionedRecord, *, expected_version: int) -> None:
    """Save a record that was read at `expected_version`.

    Raises StaleSave when the record was saved by somebody else since; nothing is then written.
    """
    model = type(record)
    claimed = model._base_manager.filter(pk=record.pk, version=expected_version).update(version=expected_version + 1)
    if not claimed:
        raise StaleSave(model._base_manager.get(pk=record.pk))
    record.version = expected_version + 1
    save_checked(record)


def readable_refusal(error: IntegrityError) -> str:
    """The sentence for people that belongs to a refused write.

    Triggers raise their own sentence; a constraint's sentence is its `violation_error_message`.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    if name and (sentence := _constraint_sentences().get(name)):
        return sentence
    primary = getattr(diagnosis, "message_primary", None) or ""
    written_for_people = bool(primary) and "violates" not in primary
    return primary if written_for_people else "The database refused this: it contradicts what is already recorded."


def _claim(token: uuid.UUID) -> None:
    _, new = UsedFormToken.objects.get_or_create(token=token)
    if not new:
        raise AlreadySaved


def _sentences(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {
            ("" if field == NON_FIELD_ERRORS else field): sentences for field, sentences in error.message_dict.items()
        }
    return {"": error.messages}


@functools.cache
def _constraint_sentences() -> dict[str, str]:
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }
