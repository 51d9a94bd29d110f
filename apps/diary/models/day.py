"""One day of a patient's headache diary."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.diary.choices import Function, Severity, Source, State
from apps.diary.models.batch import ImportBatch
from apps.patients.models import Patient

EARLIEST_DAY = date(1990, 1, 1)
LONGEST_NOTE = 500

_STAYS_IN_PLACE = pgtrigger.Trigger(
    name="stays_in_place",
    operation=pgtrigger.UpdateOf("patient_id", "day"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient"))
    | pgtrigger.Q(old__day__df=pgtrigger.F("new__day")),
    func="""
        RAISE EXCEPTION 'A diary entry keeps its patient and its date. Remove it and record it where it belongs.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_day_stays_in_place';
    """,
)

# Not a check constraint: what "today" is changes, and a constraint must give the same answer for ever.
_NOT_IN_THE_FUTURE = pgtrigger.Trigger(
    name="not_in_the_future",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("day"),
    when=pgtrigger.Before,
    func="""
        -- One day ahead is somebody's today: the database counts in UTC.
        IF NEW.day > current_date + 1 THEN
            RAISE EXCEPTION 'A diary day can''t be in the future.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_day_not_in_the_future';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class DiaryDay(models.Model):
    """What is known about one local date. No row means "not recorded", never "no headache".

    severity: worst pain 1 to 3, empty when not stated. function: 0 normal to 3 in bed, empty when not stated.
    intakes_known: the list of acute medicines of that day is complete, also when it is empty.
    entered_late: the patient wrote it down more than 48 hours afterwards, as far as that is known.
    imported_version: the version an import wrote; a higher `version` says that somebody changed the day since.
    Numbered, not addressed by a uuid: this table has a row for every patient and day.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="diary_days", db_index=False)
    day = models.DateField()
    state = models.CharField("headache", max_length=9, choices=State.choices)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, null=True, blank=True)
    function = models.PositiveSmallIntegerField(choices=Function.choices, null=True, blank=True)
    intakes_known = models.BooleanField("acute medicines completely known", default=False)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.CLINIC)
    entered_late = models.BooleanField(default=False)
    import_batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="days"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    imported_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    created_at = models.DateTimeField("recorded at", auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="recorded by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    updated_at = models.DateTimeField("last changed", auto_now=True, editable=False)

    class Meta:
        ordering = ["patient", "day"]
        triggers = [_STAYS_IN_PLACE, _NOT_IN_THE_FUTURE]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "day"],
                name="diary_day_once",
                violation_error_message="This day is recorded already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="diary_day_state_known",
                violation_error_message="A day has a headache, no headache, or is not known.",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | (Q(state=State.HEADACHE) & Q(severity__in=Severity.values)),
                name="diary_day_severity",
                violation_error_message="Only a headache day has a severity: 1 mild, 2 moderate or 3 severe.",
            ),
            models.CheckConstraint(
                condition=Q(function__isnull=True) | (Q(state=State.HEADACHE) & Q(function__in=Function.values)),
                name="diary_day_function",
                violation_error_message="Only a headache day has a function: 0 normal to 3 in bed.",
            ),
            models.CheckConstraint(
                condition=Q(day__gte=EARLIEST_DAY),
                name="diary_day_not_before_1990",
                violation_error_message="Check the date: diary days begin in 1990.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values),
                name="diary_day_source_known",
                violation_error_message="A diary day is typed in by the clinic, imported or entered by the patient.",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.IMPORT) | Q(import_batch__isnull=True),
                name="diary_day_batch_of_import",
                violation_error_message="Only an imported day belongs to an import.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d %b %Y}: {self.get_state_display()}"
