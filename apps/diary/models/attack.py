"""One attack of headache, described beyond the day: when, how, with what else."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.diary.choices import Severity, Source
from apps.diary.models.batch import ImportBatch
from apps.diary.models.day import EARLIEST_DAY, LONGEST_NOTE
from apps.patients.models import Patient

MOST_PAIN = 10
# A status migrainosus lasts days; an attack beyond a month is a wrong date.
LONGEST_ATTACK_DAYS = 31
LONGEST_WORD = 80
LONGEST_KEY = 80

_STAYS_WITH_PATIENT = pgtrigger.Trigger(
    name="stays_with_patient",
    operation=pgtrigger.UpdateOf("patient_id"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient")),
    func="""
        RAISE EXCEPTION 'An attack keeps its patient. Remove it and record it where it belongs.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_attack_stays_with_patient';
    """,
)


def _words() -> ArrayField:
    return ArrayField(models.CharField(max_length=LONGEST_WORD), default=list, blank=True)


@tracked()
class Attack(models.Model):
    """An attack touches every local date from `first_day` to `last_day`; the days themselves are `DiaryDay`s.

    started_at, ended_at: the instants, and the clock's distance from UTC in minutes where the patient was; empty when
    only dates are known. pain: worst, 0 to 10; severity: worst, 1 to 3. Features: empty when not asked.
    external_key: what identifies the attack in the app it was imported from.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="attacks", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    started_offset = models.SmallIntegerField("minutes from UTC at the start", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_offset = models.SmallIntegerField("minutes from UTC at the end", null=True, blank=True)
    pain = models.PositiveSmallIntegerField("worst pain, 0 to 10", null=True, blank=True)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, null=True, blank=True)

    unilateral = models.BooleanField("on one side", null=True, blank=True)
    pulsating = models.BooleanField(null=True, blank=True)
    worse_with_activity = models.BooleanField(null=True, blank=True)
    nausea = models.BooleanField(null=True, blank=True)
    vomiting = models.BooleanField(null=True, blank=True)
    photophobia = models.BooleanField("light disturbs", null=True, blank=True)
    phonophobia = models.BooleanField("noise disturbs", null=True, blank=True)
    aura = models.BooleanField(null=True, blank=True)
    aura_minutes = models.PositiveSmallIntegerField("length of the aura in minutes", null=True, blank=True)

    symptoms = _words()
    triggers = _words()
    premonitory = _words()
    postdrome = _words()
    relief_methods = _words()
    most_bothersome = models.CharField("most bothersome symptom", max_length=LONGEST_WORD, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    source = models.CharField(max_length=6, choices=Source.choices, default=Source.CLINIC)
    external_key = models.CharField(max_length=LONGEST_KEY, blank=True)
    import_batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="attacks"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
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
        ordering = ["patient", "first_day", "started_at", "id"]
        triggers = [_STAYS_WITH_PATIENT]
        indexes = [models.Index(fields=["patient", "last_day"], name="diary_attack_by_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__gte=EARLIEST_DAY, last_day__gte=F("first_day"))
                & Q(last_day__lte=F("first_day") + LONGEST_ATTACK_DAYS),
                name="diary_attack_days_in_order",
                violation_error_message="An attack ends after it begins, within 31 days, and not before 1990.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="diary_attack_times_in_order",
                violation_error_message="An attack ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, started_offset__isnull=True)
                | Q(started_at__isnull=False, started_offset__isnull=False, started_offset__range=(-840, 840)),
                name="diary_attack_start_has_offset",
                violation_error_message="The time an attack began is kept with the clock's distance from UTC.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_offset__isnull=True)
                | Q(ended_at__isnull=False, ended_offset__isnull=False, ended_offset__range=(-840, 840)),
                name="diary_attack_end_has_offset",
                violation_error_message="The time an attack ended is kept with the clock's distance from UTC.",
            ),
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__lte=MOST_PAIN),
                name="diary_attack_pain",
                violation_error_message="Pain is 0 to 10.",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__in=Severity.values),
                name="diary_attack_severity",
                violation_error_message="An attack is 1 mild, 2 moderate or 3 severe.",
            ),
            models.CheckConstraint(
                condition=Q(aura_minutes__isnull=True) | Q(aura__isnull=False, aura=True),
                name="diary_attack_aura_length",
                violation_error_message="Only an attack with aura has a length of the aura.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values) & (Q(source=Source.IMPORT) | Q(import_batch__isnull=True)),
                name="diary_attack_batch_of_import",
                violation_error_message="Only an imported attack belongs to an import.",
            ),
            models.UniqueConstraint(
                fields=["patient", "external_key"],
                condition=~Q(external_key=""),
                name="diary_attack_imported_once",
                violation_error_message="This attack was imported already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Attack of {self.first_day:%d %b %Y}"
