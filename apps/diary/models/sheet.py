"""A printed diary sheet: which month of whom it is, and what its letters mean."""

import secrets
from typing import Final

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.diary.models.day import EARLIEST_DAY
from apps.patients.models import Patient

CODE_LENGTH: Final = 10
# No i, l, o, u: somebody may have to type the code from paper.
CODE_CHARACTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LONGEST_LEGEND: Final = 600

_STAYS_AS_PRINTED = pgtrigger.Trigger(
    name="stays_as_printed",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        RAISE EXCEPTION 'A diary sheet stays as it was printed. Print a new one instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_sheet_stays_as_printed';
    """,
)


def new_code() -> str:
    """A random code of fifty bits; it says nothing about anybody."""
    return "".join(secrets.choice(CODE_CHARACTERS) for _ in range(CODE_LENGTH))


@tracked()
class DiarySheet(Record):
    """One month on paper. The sheet carries the code only, and the code leads staff with access to the month.

    month: its first day. legend: the letters printed over the medicines, "R=rizatriptan;I=ibuprofen".
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="diary_sheets", db_index=False)
    month = models.DateField()
    code = models.CharField(max_length=CODE_LENGTH, default=new_code, editable=False)
    legend = models.CharField(max_length=LONGEST_LEGEND, blank=True)

    class Meta(Record.Meta):
        ordering = ["patient", "month", "created_at"]
        triggers = [_STAYS_AS_PRINTED]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="diary_sheet_code_once",
                violation_error_message="This code is on another sheet. Print the sheet again.",
            ),
            models.UniqueConstraint(
                fields=["patient", "month", "legend"],
                name="diary_sheet_once",
                violation_error_message="This sheet was printed already: use the same one.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=rf"^[{CODE_CHARACTERS}]{{{CODE_LENGTH}}}$"),
                name="diary_sheet_code_typable",
                violation_error_message="The code of a sheet has ten letters and digits.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, month__gte=EARLIEST_DAY),
                name="diary_sheet_first_of_month",
                violation_error_message="A diary sheet begins on the first day of a month, from 1990 onwards.",
            ),
        ]

    def __str__(self) -> str:
        return f"Diary sheet {self.code}"
