"""Medication overuse: why it happens, what was agreed, and the signals that were raised."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.clinical.overuse_reasons import OveruseReason
from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.models import Patient, Visit
from apps.screening.choices import (
    RESCUE_ONLY,
    Ration,
    SignalLevel,
    SignalState,
    Statement,
    Sureness,
)
from apps.screening.models._rules import filled, never_deleted, stays

REASONS = [(reason.value, reason.label) for reason in OveruseReason]
MOST_DAYS_A_MONTH = 31
LONGEST_SILENCE_DAYS = 366

_RESCUE_BY_PRESCRIBER = pgtrigger.Trigger(
    name="rescue_by_prescriber",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__ration__in=[ration.value for ration in RESCUE_ONLY]),
    func="""
        IF NEW.created_by_id IS DISTINCT FROM effective_prescriber(NEW.patient_id, clock_timestamp()) THEN
            RAISE EXCEPTION 'Only the prescriber of this patient can allow an opioid or butalbital for rescue.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_rescue_by_the_prescriber';
        END IF;
        RETURN NEW;
    """,
)

_ALLOWANCE_ENDS_ONCE = pgtrigger.Trigger(
    name="only_ends",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__ended_at__isnull=False)
    | pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient"))
    | pgtrigger.Q(old__ration__df=pgtrigger.F("new__ration"))
    | pgtrigger.Q(old__days__df=pgtrigger.F("new__days"))
    | pgtrigger.Q(old__justification__df=pgtrigger.F("new__justification")),
    func="""
        RAISE EXCEPTION 'What was agreed stays as it was agreed. End it and agree on a new number.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_allowance_only_ends';
    """,
)

_REASON_OF_SAME_PATIENT = pgtrigger.Trigger(
    name="same_patient",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (SELECT FROM screening_overusereview r
                       WHERE r.id = NEW.review_id AND r.patient_id = NEW.patient_id) THEN
            RAISE EXCEPTION 'A reason belongs to the patient of its review.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_overuse_reason_same_patient';
        END IF;
        RETURN NEW;
    """,
)

_ANSWERED_SIGNAL_STAYS = pgtrigger.Trigger(
    name="answered_stays",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=~pgtrigger.Q(old__state=SignalState.OPEN.value),
    func="""
        RAISE EXCEPTION 'This signal was answered already. What was written stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_answered_signal_stays';
    """,
)


@tracked()
class OveruseReview(Record):
    """What was found out about a patient's overuse at one moment. The newest one counts.

    preexisting: whether there was a headache disorder before the overuse. older: whether the present pattern is older
    than three months, as the history tells. state: what the rule said on that day.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="overuse_reviews")
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="overuse_reviews"
    )
    reviewed_on = models.DateField()
    preexisting = models.CharField(
        "headache disorder before the overuse",
        max_length=12,
        choices=Statement.choices,
        default=Statement.NOT_KNOWN,
    )
    older = models.CharField(
        "this pattern is older than three months",
        max_length=12,
        choices=Statement.choices,
        default=Statement.NOT_KNOWN,
    )
    state = models.CharField("what the diary said that day", max_length=60, editable=False)
    note = models.TextField("what the patient says about it", max_length=4000, blank=True)

    class Meta(Record.Meta):
        ordering = ["-reviewed_on", "-created_at"]
        triggers = [stays("screening_overuse_review_stays", "A review stays as it was written. Write a new one.")]
        indexes = [models.Index(fields=["patient", "-reviewed_on"], name="screening_overuse_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(preexisting__in=Statement.values, older__in=Statement.values),
                name="screening_overuse_statements_known",
                violation_error_message="Answer yes, no or not known yet.",
            ),
        ]

    def __str__(self) -> str:
        return f"Overuse review, {self.reviewed_on:%d %b %Y}"


@tracked()
class OveruseReasonNoted(Record):
    """One reason of a review, with how certain it is."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(OveruseReview, on_delete=models.PROTECT, related_name="reasons")
    reason = models.CharField(max_length=24, choices=REASONS)
    sureness = models.CharField("how certain", max_length=8, choices=Sureness.choices)
    words = models.CharField("in words", max_length=400, blank=True)

    class Meta(Record.Meta):
        verbose_name = "reason for overuse"
        ordering = ["created_at"]
        triggers = [
            stays("screening_overuse_reason_stays", "A reason stays as it was written. Write a new review."),
            _REASON_OF_SAME_PATIENT,
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reason"],
                name="screening_overuse_reason_once",
                violation_error_message="This reason stands in the review already.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[code for code, _ in REASONS], sureness__in=Sureness.values),
                name="screening_overuse_reason_known",
                violation_error_message="Select the reason and how certain it is.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=OveruseReason.OTHER.value) | filled(words=True),
                name="screening_other_reason_in_words",
                violation_error_message="Say in words what the other reason is.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


@tracked()
class Allowance(Record):
    """How many days a month were agreed on with the patient. Rescue-only medicines need a reason and a review date."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allowances")
    ration = models.CharField("for", max_length=20, choices=Ration.choices)
    days = models.PositiveSmallIntegerField("days a month")
    agreed_on = models.DateField()
    justification = models.TextField("why it is needed for rescue", max_length=1000, blank=True)
    review_on = models.DateField("look at it again on", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        ordering = ["ration", "-agreed_on"]
        triggers = [
            _RESCUE_BY_PRESCRIBER,
            _ALLOWANCE_ENDS_ONCE,
            never_deleted("screening_allowance_kept", "What was agreed is ended, never deleted."),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "ration"],
                condition=Q(ended_at__isnull=True),
                name="screening_one_allowance",
                violation_error_message="A number of days is agreed on already. End that one first.",
            ),
            models.CheckConstraint(
                condition=Q(ration__in=Ration.values, days__lte=MOST_DAYS_A_MONTH),
                name="screening_allowance_in_a_month",
                violation_error_message="Enter 0 to 31 days a month.",
            ),
            models.CheckConstraint(
                condition=~Q(ration__in=RESCUE_ONLY) | (filled(justification=True) & Q(review_on__isnull=False)),
                name="screening_rescue_needs_a_reason",
                violation_error_message="An opioid or butalbital for rescue needs the reason and a day to look again.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("agreed_on")),
                name="screening_allowance_reviewed_later",
                violation_error_message="The day to look again comes after the day of the agreement.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ration_display()}: {self.days} days a month"


@tracked()
class OveruseSignal(Record):
    """The clinic's own alarm about one patient and one limit; one stays open until it is answered or passes.

    subject: what was counted, as in the list of those above a limit. days: recorded days of the 30 that end on
    `window_ends_on`, at least.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="overuse_signals")
    subject = models.CharField(max_length=20)
    level = models.CharField(max_length=8, choices=SignalLevel.choices)
    days = models.PositiveSmallIntegerField()
    window_ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=SignalState.choices, default=SignalState.OPEN, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    action = models.CharField("what was done", max_length=400, blank=True)

    class Meta(Record.Meta):
        ordering = ["-created_at"]
        triggers = [
            _ANSWERED_SIGNAL_STAYS,
            never_deleted("screening_signal_kept", "A signal is answered, never deleted."),
        ]
        indexes = [models.Index(fields=["created_at"], name="screening_signal_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "subject"],
                condition=Q(state=SignalState.OPEN),
                name="screening_one_open_signal",
                violation_error_message="A signal about this is open already.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=SignalLevel.values, state__in=SignalState.values) & ~Q(subject=""),
                name="screening_signal_known",
                violation_error_message="A signal says what it is about and how loud it is.",
            ),
            models.CheckConstraint(
                condition=Q(state=SignalState.OPEN, answered_at__isnull=True, answered_by__isnull=True, action="")
                | Q(state=SignalState.PASSED, answered_at__isnull=False, answered_by__isnull=True, action="")
                | (
                    Q(state__in=[SignalState.ACTED_ON, SignalState.SILENCED])
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                    & filled(action=True)
                ),
                name="screening_signal_answered_whole",
                violation_error_message="A signal is answered with who, when and what was done.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.window_ends_on:%d %b %Y}"


@tracked()
class SignalSilence(Record):
    """Somebody decided not to be told about one limit of one patient until a day, and why."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="signal_silences")
    subject = models.CharField(max_length=20)
    starts_on = models.DateField()
    until = models.DateField("silent until")
    reason = models.CharField("why", max_length=400)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        ordering = ["-until"]
        triggers = [never_deleted("screening_silence_kept", "A silence is lifted, never deleted.")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")) & Q(until__lte=F("starts_on") + LONGEST_SILENCE_DAYS),
                name="screening_silence_ends",
                violation_error_message="A silence ends after it begins, and within a year.",
            ),
            models.CheckConstraint(
                condition=filled(reason=True) & ~Q(subject=""),
                name="screening_silence_says_why",
                violation_error_message="Say why you do not want to be told.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="screening_silence_lifted_whole",
                violation_error_message="A silence is lifted by somebody, at a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Silent until {self.until:%d %b %Y}"
