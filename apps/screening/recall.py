"""What a questionnaire remembers beside what the diary says of the same days."""

from collections.abc import Mapping
from datetime import date, timedelta

from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Finding
from apps.clinical.headache_days import headache_days
from apps.clinical.periods import Period
from apps.clinical.recall import recall_differs
from apps.diary.selectors import rows_of
from apps.patients.models import Patient

# Question A of MIDAS asks for the days with headache in three months.
REMEMBERED = {"midas": "a"}
DAYS = 90


def recall_beside_diary(
    patient: Patient, instrument: str, answers: Mapping[str, int], answered_on: date
) -> Finding | None:
    """Whether the headache days remembered on a finished sheet differ from the diary's, over the days up to it.

    None for a sheet that does not say, without a query; otherwise one. More than 90 remembered days stretch the window: three months
    may have 92.
    """
    remembered = answers.get(REMEMBERED.get(instrument, ""))
    if remembered is None:
        return None
    length = max(DAYS, remembered)
    period = Period(answered_on - timedelta(days=length - 1), answered_on)
    # Whether there was headache is all that is compared: medicines and attacks of the days are not read.
    states = rows_of(patient, period).prefetch_related(None).values_list("day", "state")
    days = [DiaryDay(day, DayState(state)) for day, state in states]
    return recall_differs(remembered, headache_days(days, period))
