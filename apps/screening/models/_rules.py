"""Rules that several tables of screening share, as triggers with a sentence of their own."""

import pgtrigger
from django.db.models import Q

BLANK = r"^\s*$"


def filled(**fields: bool) -> Q:
    """Every named text field has (True) or has not (False) something in it."""
    found = Q()
    for field, wanted in fields.items():
        blank = Q(**{f"{field}__regex": BLANK})
        found &= ~blank if wanted else blank
    return found


def stays(constraint: str, sentence: str) -> pgtrigger.Trigger:
    """A row that is written once: it is neither changed nor deleted."""
    return pgtrigger.Trigger(
        name="stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=refusal(constraint, sentence),
    )


def never_deleted(constraint: str, sentence: str) -> pgtrigger.Trigger:
    """A row that may change and is never deleted."""
    return pgtrigger.Trigger(
        name="never_deleted",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func=refusal(constraint, sentence),
    )


def refusal(constraint: str, sentence: str) -> str:
    """The statement that refuses a write, in words a nurse understands."""
    said = sentence.replace("'", "''")
    return f"""
        RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
    """
