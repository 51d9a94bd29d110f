"""How overused medicines are ended: a plan by medicine, its checks, and the watch for relapse afterwards."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import Record, VersionedRecord
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.screening.choices import Way, WithdrawalPlace, WithdrawalState
from apps.screening.models._rules import filled, never_deleted

IN_FORCE = (WithdrawalState.RUNNING, WithdrawalState.WATCHING)
MOST_LIMIT_DAYS = 31

_SIGNED_BY_PRESCRIBER = pgtrigger.Trigger(
    name="signed_by_prescriber",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF TG_OP = 'UPDATE' AND OLD.signed_at IS NOT NULL AND (
            (NEW.patient_id, NEW.signed_at, NEW.signed_by_id, NEW.starts_on, NEW.place, NEW.bridge, NEW.preventive,
             NEW.preventive_on)
            IS DISTINCT FROM
            (OLD.patient_id, OLD.signed_at, OLD.signed_by_id, OLD.starts_on, OLD.place, OLD.bridge, OLD.preventive,
             OLD.preventive_on)
        ) THEN
            RAISE EXCEPTION 'A signed withdrawal plan stays as it was signed. Close it and write the next one.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_signed_withdrawal_stays';
        END IF;
        IF NEW.signed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.signed_at IS NULL)
            AND NEW.signed_by_id IS DISTINCT FROM effective_prescriber(NEW.patient_id, clock_timestamp()) THEN
            RAISE EXCEPTION 'Only the prescriber of this patient can put a withdrawal plan in force.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_withdrawal_by_the_prescriber';
        END IF;
        RETURN NEW;
    """,
)

_PART_OF_ITS_PLAN = """
        IF NOT EXISTS (SELECT FROM screening_withdrawalplan p
                       WHERE p.id = NEW.plan_id AND p.patient_id = NEW.patient_id) THEN
            RAISE EXCEPTION 'This belongs to the patient of its withdrawal plan.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_withdrawal_same_patient';
        END IF;
"""

_LINE_OF_A_DRAFT = pgtrigger.Trigger(
    name="of_a_draft",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func=f"""
        IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM screening_withdrawalplan p
                                         WHERE p.id = OLD.plan_id AND p.signed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'A signed withdrawal plan keeps its medicines. Close it and write the next one.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_signed_withdrawal_keeps_its_lines';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF EXISTS (SELECT FROM screening_withdrawalplan p
                   WHERE p.id = NEW.plan_id AND p.signed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'A signed withdrawal plan keeps its medicines. Close it and write the next one.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_signed_withdrawal_keeps_its_lines';
        END IF;
        {_PART_OF_ITS_PLAN}
        RETURN NEW;
    """,  # noqa: S608 - a trigger put together from text of this module
)

_CHECK_OF_SAME_PATIENT = pgtrigger.Trigger(
    name="same_patient",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"{_PART_OF_ITS_PLAN} RETURN NEW;",
)


@tracked()
class WithdrawalPlan(VersionedRecord):
    """One withdrawal. The team drafts it; the prescriber's signature puts it in force; then it is watched for relapse.

    watched_until: the end of the relapse watch, twelve months after the last overused medicine.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="withdrawal_plans")
    state = models.CharField(
        max_length=8, choices=WithdrawalState.choices, default=WithdrawalState.DRAFT, editable=False
    )
    starts_on = models.DateField("begins on")
    place = models.CharField("where", max_length=12, choices=WithdrawalPlace.choices, default=WithdrawalPlace.HOME)
    bridge = models.TextField("bridge for the first days", max_length=2000, blank=True)
    preventive = models.TextField("preventive alongside", max_length=2000, blank=True)
    preventive_on = models.DateField("preventive begins on", null=True, blank=True)
    told = models.TextField("what the patient was told to expect", max_length=4000, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    ended_on = models.DateField("withdrawal ended on", null=True, blank=True)
    watched_until = models.DateField("watched for relapse until", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    outcome = models.TextField("what came of it", max_length=2000, blank=True)

    class Meta(VersionedRecord.Meta):
        ordering = ["-starts_on", "-created_at"]
        triggers = [
            _SIGNED_BY_PRESCRIBER,
            never_deleted("screening_withdrawal_kept", "A withdrawal plan is closed with its outcome, never deleted."),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=~Q(state=WithdrawalState.CLOSED),
                name="screening_one_withdrawal",
                violation_error_message="A withdrawal plan is open already. Go on with that one.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WithdrawalState.values, place__in=WithdrawalPlace.values),
                name="screening_withdrawal_state_known",
                violation_error_message="Select where the withdrawal takes place.",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="screening_withdrawal_signature_paired",
                violation_error_message="A signature says who and when.",
            ),
            models.CheckConstraint(
                condition=Q(state=WithdrawalState.DRAFT, signed_at__isnull=True)
                | Q(state__in=IN_FORCE, signed_at__isnull=False)
                | Q(state=WithdrawalState.CLOSED),
                name="screening_withdrawal_in_force_is_signed",
                violation_error_message="A withdrawal plan is in force once the prescriber has signed it.",
            ),
            models.CheckConstraint(
                condition=~Q(state=WithdrawalState.WATCHING)
                | Q(ended_on__isnull=False, watched_until__isnull=False, watched_until__gt=F("ended_on")),
                name="screening_withdrawal_watch_dated",
                violation_error_message="Say when the withdrawal ended and until when relapse is watched for.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=WithdrawalState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                    & filled(outcome=True)
                )
                | (~Q(state=WithdrawalState.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="screening_withdrawal_closed_with_outcome",
                violation_error_message="A withdrawal plan is closed with what came of it.",
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal from {self.starts_on:%d %b %Y}"


@tracked()
class WithdrawalLine(Record):
    """How one medicine is ended. steps: [{"on": ISO date, "words": the dose from then on}], for a taper.

    against: why the plan does what the rule warns of (a sudden stop of what should be tapered).
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(WithdrawalPlan, on_delete=models.PROTECT, related_name="lines")
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="+")
    way = models.CharField("how", max_length=8, choices=Way.choices)
    limit_days = models.PositiveSmallIntegerField("at most days a month", null=True, blank=True)
    steps = models.JSONField("steps", default=list, blank=True)
    against = models.CharField("why against the advice", max_length=600, blank=True)

    class Meta(Record.Meta):
        verbose_name = "medicine of a withdrawal"
        ordering = ["created_at"]
        triggers = [_LINE_OF_A_DRAFT]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "medicine"],
                name="screening_withdrawal_medicine_once",
                violation_error_message="This medicine stands in the plan already.",
            ),
            models.CheckConstraint(
                condition=Q(way__in=Way.values)
                & (
                    Q(way=Way.LIMIT, limit_days__isnull=False, limit_days__lte=MOST_LIMIT_DAYS, steps=[])
                    | (Q(way=Way.TAPER, limit_days__isnull=True) & ~Q(steps=[]))
                    | Q(way=Way.STOP, limit_days__isnull=True, steps=[])
                ),
                name="screening_withdrawal_way_whole",
                violation_error_message="A limit has its days a month, a taper its steps, a stop neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medicine}: {self.get_way_display().lower()}"


@tracked()
class WithdrawalCheck(Record):
    """A day on which somebody looks how it goes, during the withdrawal or while relapse is watched for."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(WithdrawalPlan, on_delete=models.PROTECT, related_name="checks")
    due_on = models.DateField("look on")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    found = models.TextField("how it goes", max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = "check of a withdrawal"
        ordering = ["due_on"]
        triggers = [
            _CHECK_OF_SAME_PATIENT,
            never_deleted("screening_withdrawal_check_kept", "A check is done, never deleted."),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="screening_withdrawal_check_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "due_on"],
                name="screening_withdrawal_check_once",
                violation_error_message="A check is planned for that day already.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, found="")
                | (Q(done_on__isnull=False, done_by__isnull=False) & filled(found=True)),
                name="screening_withdrawal_check_whole",
                violation_error_message="A check says who looked, when, and how it goes.",
            ),
        ]

    def __str__(self) -> str:
        return f"Check on {self.due_on:%d %b %Y}"
