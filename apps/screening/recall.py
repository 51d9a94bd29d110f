"""What a questionnaire remembers beside what the diary says of the same days."""

from datetime import timedelta

from apps.clinical.findings import Finding
from apps.clinical.headache_days import headache_days
from apps.clinical.periods import Period
from apps.clinical.recall import recall_differs
from apps.diary.selectors import diary_days
from apps.screening.models import Administration

# Question A of MIDAS asks for the days with headache in three months.
REMEMBERED = {"midas": "a"}
DAYS = 90


def recall_beside_diary(sheet: Administration) -> Finding | None:
    """Whether the headache days remembered on a finished sheet differ from the diary's, over the days up to it.

    None for a sheet that does not say. Four queries. More than 90 remembered days stretch the window: three months
    may have 92.
    """
    remembered = sheet.answers.get(REMEMBERED.get(sheet.instrument, ""))
    if remembered is None:
        return None
    length = max(DAYS, remembered)
    period = Period(sheet.answered_on - timedelta(days=length - 1), sheet.answered_on)
    return recall_differs(remembered, headache_days(diary_days(sheet.patient, period), period))
