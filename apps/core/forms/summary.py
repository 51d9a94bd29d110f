"""The error summary's lines, for our own forms and for those of packages."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm


def summary_errors(form: BaseForm) -> list[tuple[str, str]]:
    """(address within the page, sentence) of each error; the address is empty when no visible field belongs to it."""
    lines = []
    for name, errors in form.errors.items():
        address = "" if name == NON_FIELD_ERRORS else _address(form, name)
        lines += [(address, str(sentence)) for sentence in errors]
    return lines


def _address(form: BaseForm, name: str) -> str:
    bound = form[name]
    if bound.is_hidden or not bound.auto_id:
        return ""
    # A group of radio buttons has no element of its own to focus: its first button stands for it.
    return f"#{bound.id_for_label or bound.auto_id + '_0'}"
