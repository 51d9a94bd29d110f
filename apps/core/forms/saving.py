"""What happens between a valid form and a saved record: refused, stale, sent twice, or saved."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms

from apps.core.forms.clinic_form import ClinicForm
from apps.core.writing import AlreadySaved, Refused, StaleSave

R = TypeVar("R")


@dataclass(frozen=True)
class Attempt(Generic[R]):
    """The outcome of a save. True when the answers are in the record, now or by the first of two submits."""

    saved: bool
    result: R | None = None

    def __bool__(self) -> bool:
        return self.saved


@dataclass(frozen=True)
class Difference:
    """One field in which the typed answer and the record differ by now."""

    label: str
    typed: str
    recorded: str


@dataclass(frozen=True)
class Conflict:
    """A stale save as the page shows it: the record as it is now, and where it differs from what was typed."""

    current: Any
    differences: tuple[Difference, ...]


def attempt(form: ClinicForm, write: Callable[[], R]) -> Attempt[R]:
    """Run a write with a valid form's answers.

    A refusal becomes errors of the form; a stale save becomes `form.conflict`, and the form then carries the new
    version, so that saving again is a decision and not an accident. Sent twice counts as saved, without a result.
    """
    try:
        return Attempt(saved=True, result=write())
    except AlreadySaved:
        return Attempt(saved=True)
    except Refused as refused:
        form.refuse(refused.errors)
    except StaleSave as stale:
        _show_conflict(form, stale.current)
    return Attempt(saved=False)


def _show_conflict(form: ClinicForm, current: Any) -> None:
    form.conflict = Conflict(current, tuple(_differences(form, current)))
    form.data = copy(form.data)
    form.data[form.add_prefix("version")] = str(current.version)  # type: ignore[index]
    form.add_error(None, "Somebody else changed this while you were working on it. Nothing of yours is lost.")


def _differences(form: ClinicForm, current: Any) -> list[Difference]:
    differences = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or not hasattr(current, name):
            continue
        typed = _readable(field, form.cleaned_data.get(name))
        recorded = _readable(field, getattr(current, name))
        if typed != recorded:
            differences.append(Difference(str(form[name].label), typed, recorded))
    return differences


def _readable(field: forms.Field, value: Any) -> str:
    """A value in the words of the form: the label of a choice, a date as it would be typed."""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", []) if not isinstance(label, list)}
    prepared = field.prepare_value(value)
    shown = choices.get(str(prepared)) or field.widget.format_value(prepared)
    return str(shown) if shown not in (None, "") else "nothing"
