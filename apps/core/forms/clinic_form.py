"""The form every form of the clinic derives from."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms

from apps.core.forms.hidden import HOUSEKEEPING
from apps.core.forms.wording import give_instructions


@dataclass(frozen=True)
class Conditional:
    """An answer that is asked only when another field has one of some values.

    When it is not asked, what was typed is dropped before cleaning: an answer hidden by a change of mind is never
    stored. When it is asked and `required`, leaving it empty is an error.
    """

    field: str
    when: str
    equals: Collection[str]
    required: bool = True


class ClinicForm(forms.Form):
    """Cleans, never writes. Messages are instructions, text is checked, conditional answers are dropped when hidden.

    Draw it with `{% crispy form %}` inside your own `<form method="post" novalidate>`; the error summary comes with it.
    """

    conditional: ClassVar[tuple[Conditional, ...]] = ()
    use_required_attribute = False  # our messages, beside the field and in the summary, not the browser's bubble

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: Any = None
        for name, field in self.fields.items():
            give_instructions(field, str(field.label or name.replace("_", " ").capitalize()))
        for condition in self.conditional:
            self._mark(condition)

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms draws the form: fields only, the page brings the form tag and the buttons."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned answers without the form's own housekeeping (version, form token): for the service."""
        return {name: value for name, value in self.cleaned_data.items() if name not in HOUSEKEEPING}

    def refuse(self, errors: dict[str, list[str]]) -> None:
        """Show what a service refused: beside the field it belongs to, else on top ("" or an unknown field)."""
        for name, sentences in errors.items():
            place = name if name in self.fields else None
            for sentence in sentences:
                self.add_error(place, sentence)

    def _mark(self, condition: Conditional) -> None:
        """Tell template and script when the field is shown. The server decides again; the script is comfort."""
        field = self.fields[condition.field]
        field.required = False
        field.shown_when = self.add_prefix(condition.when)  # type: ignore[attr-defined]
        field.shown_values = " ".join(sorted(condition.equals))  # type: ignore[attr-defined]

    def _is_asked(self, condition: Conditional) -> bool:
        given = self[condition.when].data
        values = given if isinstance(given, list | tuple) else [given]
        return any(_as_posted(value) in condition.equals for value in values)

    def _clean_fields(self) -> None:
        asked = {condition.field: self._is_asked(condition) for condition in self.conditional}
        for condition in self.conditional:
            self.fields[condition.field].required = condition.required and asked[condition.field]
        every_field = self.fields
        self.fields = {name: field for name, field in every_field.items() if asked.get(name, True)}
        try:
            super()._clean_fields()  # type: ignore[misc]
        finally:
            self.fields = every_field
        for name, is_asked in asked.items():
            if not is_asked:
                self.cleaned_data[name] = every_field[name].clean(None)  # what an empty field cleans to


def _as_posted(value: Any) -> str:
    """A tick box hands over True, a list box text; conditions are written as the text a browser sends."""
    return "on" if value is True else str(value)
