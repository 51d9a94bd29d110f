"""Counting acute months again. The triggers do it with every write; this is for after a repair beside them."""

from collections.abc import Sequence

from django.db import connection

from apps.core.writing import SystemProcess, writes
from apps.diary.selectors.checks import WrongMonth


@writes
def recount_months(*, months: Sequence[WrongMonth], by: SystemProcess) -> None:
    """Make these months say what the diary says, however they came to say something else."""
    if months:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT diary_recount_months(%s::uuid[], %s::date[])",
                [[each.patient_id for each in months], [each.month for each in months]],
            )
