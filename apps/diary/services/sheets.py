"""Printing diary sheets for a patient to fill in at home."""

from collections.abc import Sequence
from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, writes
from apps.diary.models import DiarySheet
from apps.diary.printing import KIND, MOST_MEDICINES, MOST_MONTHS, Paper, content_of, title_of
from apps.diary.selectors import own_medicines
from apps.diary.shorthand import letters_for, write_legend
from apps.documents.models import Document
from apps.documents.services import request_document
from apps.patients.access import require
from apps.patients.models import Patient


@writes
def print_sheets(
    *, patient: Patient, months: Sequence[date], paper: Paper, site: str, by: User | SystemProcess
) -> Document:
    """Have one page a month printed, with the patient's own medicines and a code that leads back to the month.

    Args:
        months: first days of one to three months, in order.
        site: the address under which staff reach the application, like "https://headache.clinic.example".

    The same months asked again, with the same medicines, give the same sheets and codes. Raises Refused,
    PermissionDenied.
    """
    if isinstance(by, User):
        require(by, Permission.REQUEST_DOCUMENT, patient)
    if not 1 <= len(months) <= MOST_MONTHS:
        raise Refused({"months": [f"Choose one to {MOST_MONTHS} months."]})
    medicines = list(own_medicines(patient)[:MOST_MEDICINES])
    letters = letters_for(medicine.code for medicine in medicines)
    names = {medicine.code: medicine.generic_name for medicine in medicines}
    sheets = _sheets(patient, months, write_legend(letters), by)
    return request_document(
        patient=patient,
        kind=KIND,
        subject_id=f"{months[0]:%Y-%m}",
        snapshot=content_of(
            sheets, medicines=[(letter, names[code]) for letter, code in letters.items()], paper=paper, site=site
        ),
        title=title_of(months),
        # The rows of a month fill the page: larger letters would not fit.
        large_print=False,
        by=by,
    )


def _sheets(patient: Patient, months: Sequence[date], legend: str, by: User | SystemProcess) -> list[DiarySheet]:
    """The sheets of these months: those that were printed before with the same letters, and new ones."""
    # One printer a patient at a time, so that a double click finds the first click's sheets.
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    printed = {
        sheet.month: sheet for sheet in DiarySheet.objects.filter(patient=patient, legend=legend, month__in=months)
    }
    missing = [
        DiarySheet(patient=patient, month=month, legend=legend, created_by=author_of(by))
        for month in months
        if month not in printed
    ]
    printed |= {sheet.month: sheet for sheet in DiarySheet.objects.bulk_create(missing)}
    return [printed[month] for month in months]
