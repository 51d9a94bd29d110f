"""Sleep: the short screen with what it found, and every study or referral until somebody acted on its result."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from apps.clinical.sleep.facts import Study
from apps.core.history import tracked
from apps.core.models import Record, VersionedRecord
from apps.patients.models import Patient
from apps.screening.choices import REFERRAL_ENDS, REFERRAL_ORDER, ReferralState, SleepDisorder
from apps.screening.models._rules import filled, never_deleted, stays

STUDIES = [(study.value, study.label) for study in Study]
# The date that each state needs; later states need it too.
DATE_OF = {
    ReferralState.ORDERED: "ordered_on",
    ReferralState.BOOKED: "booked_for",
    ReferralState.DONE: "done_on",
    ReferralState.RESULT: "result_on",
    ReferralState.ACTED_ON: "acted_on",
}


def _dated(state: ReferralState) -> Q:
    """A referral in this state has the dates of the way so far. A booking may be skipped: some tests need none."""
    so_far = REFERRAL_ORDER[1 : REFERRAL_ORDER.index(state) + 1]
    needed = [DATE_OF[each] for each in so_far if each == state or each != ReferralState.BOOKED]
    return Q(state=state, **{f"{name}__isnull": False for name in needed})


@tracked()
class SleepScreen(Record):
    """The short sleep screen as it was answered on one day. Never changed: a later one replaces it.

    answers: of the clinic's questions, by the names of `apps.clinical.sleep.SleepFacts`; one that was not answered is
    not in it. facts: everything the rules looked at, scores and diary included, as words. routes: what each rule
    found, with the rule's version.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sleep_screens")
    answered_on = models.DateField()
    answers = models.JSONField(default=dict)
    facts = models.JSONField(default=list, editable=False)
    routes = models.JSONField(default=list, editable=False)
    note = models.TextField(max_length=2000, blank=True)

    class Meta(Record.Meta):
        ordering = ["-answered_on", "-created_at"]
        triggers = [stays("screening_sleep_screen_stays", "A sleep screen stays as it was answered. Answer a new one.")]
        indexes = [models.Index(fields=["patient", "-answered_on"], name="screening_sleep_course")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answers={}) & ~Q(routes=[]),
                name="screening_sleep_screen_answered",
                violation_error_message="Answer at least one question of the sleep screen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sleep screen, {self.answered_on:%d %b %Y}"


@tracked()
class SleepReferral(VersionedRecord):
    """One study or referral: from wanted to acted on, or not pursued with the reason.

    indicators: why it is wanted, in words, as they stood then. due_on: the day by which the next step is expected;
    empty once it is over. ahi and plmi: events an hour. spo2_nadir: %. mslt_minutes: mean sleep latency.
    cpap_hours: hours a night that the treatment is used, cpap_nights: % of nights with at least 4 hours.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sleep_referrals")
    screen = models.ForeignKey(
        SleepScreen, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="referrals"
    )
    disorder = models.CharField("what it looks for", max_length=16, choices=SleepDisorder.choices)
    study = models.CharField("what is asked for", max_length=20, choices=STUDIES)
    indicators = models.TextField("why", max_length=2000)
    referred_to = models.CharField("where to", max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.WANTED)
    due_on = models.DateField("next step due on", null=True, blank=True)
    ordered_on = models.DateField(null=True, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    booked_for = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result_on = models.DateField("result of", null=True, blank=True)
    result = models.TextField("result in words", max_length=4000, blank=True)
    ahi = models.DecimalField(
        "apnoea-hypopnoea index",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(200))],
    )
    plmi = models.DecimalField(
        "periodic limb movement index",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(300))],
    )
    spo2_nadir = models.PositiveSmallIntegerField(
        "lowest oxygen saturation", null=True, blank=True, validators=[MinValueValidator(30), MaxValueValidator(100)]
    )
    mslt_minutes = models.DecimalField(
        "mean sleep latency",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(20))],
    )
    acted_on = models.DateField("acted on it on", null=True, blank=True)
    action = models.TextField("what was done about it", max_length=2000, blank=True)
    cpap_hours = models.DecimalField(
        "hours of treatment a night",
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(24))],
    )
    cpap_nights = models.PositiveSmallIntegerField(
        "% of nights with at least 4 hours", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    dropped_on = models.DateField(null=True, blank=True)
    dropped_reason = models.CharField("why it is not pursued", max_length=400, blank=True)

    class Meta(VersionedRecord.Meta):
        ordering = ["-created_at"]
        triggers = [never_deleted("screening_sleep_referral_kept", "A referral is ended with a reason, never deleted.")]
        indexes = [
            models.Index(fields=["due_on"], condition=~Q(state__in=REFERRAL_ENDS), name="screening_sleep_referral_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "disorder"],
                condition=~Q(state__in=REFERRAL_ENDS),
                name="screening_sleep_one_open_referral",
                violation_error_message="A study for this is on its way already. Go on with that one.",
            ),
            models.CheckConstraint(
                condition=Q(disorder__in=SleepDisorder.values, study__in=[code for code, _ in STUDIES])
                & filled(indicators=True),
                name="screening_sleep_referral_says_why",
                violation_error_message="Say what the study looks for, which it is, and why.",
            ),
            models.CheckConstraint(
                condition=_dated(ReferralState.WANTED)
                | _dated(ReferralState.ORDERED)
                | _dated(ReferralState.BOOKED)
                | _dated(ReferralState.DONE)
                | _dated(ReferralState.RESULT)
                | _dated(ReferralState.ACTED_ON)
                | Q(state=ReferralState.DROPPED, dropped_on__isnull=False),
                name="screening_sleep_referral_dated",
                violation_error_message="Enter the date of each step so far.",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=REFERRAL_ENDS) & Q(due_on__isnull=True))
                | (~Q(state__in=REFERRAL_ENDS) & Q(due_on__isnull=False)),
                name="screening_sleep_referral_due",
                violation_error_message="Say by when the next step is due.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReferralState.RESULT, ReferralState.ACTED_ON]) | filled(result=True),
                name="screening_sleep_result_in_words",
                violation_error_message="Write what the result is.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.ACTED_ON) | filled(action=True),
                name="screening_sleep_action_in_words",
                violation_error_message="Write what was done about the result.",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReferralState.DROPPED) & filled(dropped_reason=True))
                | (~Q(state=ReferralState.DROPPED) & Q(dropped_on__isnull=True, dropped_reason="")),
                name="screening_sleep_dropped_says_why",
                violation_error_message="Say why it is not pursued.",
            ),
            models.CheckConstraint(
                condition=(Q(done_on__isnull=True) | Q(ordered_on__isnull=True) | Q(done_on__gte=F("ordered_on")))
                & (Q(result_on__isnull=True) | Q(done_on__isnull=True) | Q(result_on__gte=F("done_on")))
                & (Q(acted_on__isnull=True) | Q(result_on__isnull=True) | Q(acted_on__gte=F("result_on"))),
                name="screening_sleep_referral_in_order",
                violation_error_message="The dates run backwards: ordered, done, result, acted on.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_study_display()}, {self.get_state_display().lower()}"
