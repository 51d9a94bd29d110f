"""A set of questionnaires on the clinic's tablet: bound to one tablet, for one patient, and over once it ends."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.choices import LANGUAGES
from apps.patients.models import Patient
from apps.screening.choices import TABLET_ENDS, Helper, TabletState
from apps.screening.models._rules import never_deleted, refusal

ONLY_A_HASH = r"^[0-9a-f]{64}$"

_ENDED_STAYS_ENDED = pgtrigger.Trigger(
    name="ended_stays_ended",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__state__in=[state.value for state in TABLET_ENDS]),
    func=refusal("screening_tablet_ended_stays_ended", "This set is over. Start another one."),
)

_KEEPS_ITS_TABLET = pgtrigger.Trigger(
    name="keeps_its_tablet",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient"))
    | pgtrigger.Q(old__instruments__df=pgtrigger.F("new__instruments"))
    | (
        pgtrigger.Q(old__device_sha256__isnull=False)
        & pgtrigger.Q(old__device_sha256__df=pgtrigger.F("new__device_sha256"))
    ),
    func=refusal("screening_tablet_keeps_its_tablet", "A set keeps its patient, its questionnaires and its tablet."),
)


@tracked(exclude=["code_sha256", "device_sha256", "last_seen_at"])
class TabletSet(Record):
    """Questionnaires handed to one patient. Only hashes of the code and of the tablet's secret are kept.

    code_sha256: of the short code somebody types on the tablet, until `code_ends_at`; empty when the set was started
    on the tablet itself. device_sha256: of the secret that the tablet keeps as a cookie, from the moment it opened
    the set. ends_at: when it ends at the latest, whatever happens. last_seen_at: the last touch.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tablet_sets")
    instruments = ArrayField(models.CharField(max_length=20), editable=False, help_text="Codes in the order asked")
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")
    helper = models.CharField("who helps", max_length=8, choices=Helper.choices, blank=True)
    state = models.CharField(max_length=12, choices=TabletState.choices, default=TabletState.WAITING, editable=False)
    code_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    code_ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    device_sha256 = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 - unique or absent
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        verbose_name = "set on the tablet"
        ordering = ["-created_at"]
        triggers = [
            _ENDED_STAYS_ENDED,
            _KEEPS_ITS_TABLET,
            never_deleted("screening_tablet_never_deleted", "A set is ended, never deleted."),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(state__in=[TabletState.WAITING, TabletState.OPEN]),
                name="screening_tablet_one_running",
                violation_error_message="A set is running for this patient already. Take it back first.",
            ),
            models.UniqueConstraint(
                fields=["device_sha256"],
                name="screening_tablet_secret_once",
                violation_error_message="Two sets can't share a tablet's secret. Try again.",
            ),
            models.UniqueConstraint(
                fields=["code_sha256"],
                condition=Q(state=TabletState.WAITING) & ~Q(code_sha256=""),
                name="screening_tablet_code_once",
                violation_error_message="This code is in use. Try again.",
            ),
            models.CheckConstraint(
                condition=(Q(code_sha256="") | Q(code_sha256__regex=ONLY_A_HASH))
                & (Q(device_sha256__isnull=True) | Q(device_sha256__regex=ONLY_A_HASH)),
                name="screening_tablet_only_hashed",
                violation_error_message="Only hashes of a tablet's code and secret are kept.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TabletState.values) & Q(helper__in=["", *Helper.values]),
                name="screening_tablet_state_known",
                violation_error_message="A set waits, is open, or is over.",
            ),
            models.CheckConstraint(
                condition=~Q(instruments=[]),
                name="screening_tablet_has_questionnaires",
                violation_error_message="Choose at least one questionnaire.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=TabletState.WAITING, opened_at__isnull=True, device_sha256__isnull=True)
                    & Q(code_ends_at__isnull=False)
                    & ~Q(code_sha256="")
                )
                | Q(state__in=[TabletState.OPEN, TabletState.FINISHED, TabletState.TIMED_OUT])
                & Q(opened_at__isnull=False, device_sha256__isnull=False, last_seen_at__isnull=False)
                | Q(state__in=[TabletState.TIMED_OUT, TabletState.TAKEN_BACK]),
                name="screening_tablet_opened_whole",
                violation_error_message="A set waits with a code, or is open on one tablet.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TABLET_ENDS, ended_at__isnull=False)
                | (~Q(state__in=TABLET_ENDS) & Q(ended_at__isnull=True, ended_by__isnull=True)),
                name="screening_tablet_ended_whole",
                violation_error_message="A set that is over, and only that, says when it ended.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("created_at")),
                name="screening_tablet_ends_later",
                violation_error_message="A set ends after it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"Set on the tablet, {self.created_at:%d %b %Y}"
