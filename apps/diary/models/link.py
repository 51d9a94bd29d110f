"""The personal diary link: a secret address under which one patient's last days can be written, and what came in by it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.diary.choices import EntryKind
from apps.patients.models import Patient

LONGEST_REASON = 200
# The database's own ceiling, whatever the clinic sets: a leap year.
LONGEST_LINK_DAYS = 366

_STAYS_WHAT_IT_IS = pgtrigger.Trigger(
    name="stays_what_it_is",
    operation=pgtrigger.UpdateOf("patient_id", "secret_sha256", "starts_on", "ends_on"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient"))
    | pgtrigger.Q(old__secret_sha256__df=pgtrigger.F("new__secret_sha256"))
    | pgtrigger.Q(old__starts_on__df=pgtrigger.F("new__starts_on"))
    | pgtrigger.Q(old__ends_on__df=pgtrigger.F("new__ends_on")),
    func="""
        RAISE EXCEPTION 'A diary link keeps its patient, its address and its dates. Make a new link instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_stays_what_it_is';
    """,
)

_STAYS_REVOKED = pgtrigger.Trigger(
    name="stays_revoked",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__revoked_at__isnull=False)
    & pgtrigger.Q(new__revoked_at__df=pgtrigger.F("old__revoked_at")),
    func="""
        RAISE EXCEPTION 'A revoked diary link stays revoked. Make a new link instead.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_stays_revoked';
    """,
)

_ENTRY_STAYS = pgtrigger.Trigger(
    name="entry_stays",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        RAISE EXCEPTION 'The receipt of a diary entry stays as it was written.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_entry_stays';
    """,
)

_ENTRY_OF_SAME_PATIENT = pgtrigger.Trigger(
    name="entry_of_same_patient",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (SELECT FROM diary_diarylink l WHERE l.id = NEW.link_id AND l.patient_id = NEW.patient_id) THEN
            RAISE EXCEPTION 'An entry belongs to the patient of its diary link.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_link_entry_same_patient';
        END IF;
        RETURN NEW;
    """,
)


@tracked(exclude=["secret_sha256", "last_used_at"])
class DiaryLink(Record):
    """One address for one patient. Only the SHA-256 of its secret is kept: nobody can read the address back.

    ends_on: the last day on which it works. offered: codes of the medicines that the page shows as buttons.
    last_used_at: when the page was last opened or written to.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="diary_links")
    secret_sha256 = models.CharField(max_length=64, editable=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    offered = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    revoked_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta(Record.Meta):
        ordering = ["-created_at"]
        triggers = [_STAYS_WHAT_IT_IS, _STAYS_REVOKED]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(revoked_at__isnull=True),
                name="diary_link_one_a_patient",
                violation_error_message="This patient has a diary link already. Renew it, or revoke it first.",
            ),
            models.UniqueConstraint(
                fields=["secret_sha256"],
                name="diary_link_address_once",
                violation_error_message="Two diary links can't share an address. Try again.",
            ),
            models.CheckConstraint(
                condition=Q(secret_sha256__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - a rule about a hash, no secret
                name="diary_link_only_hashed",
                violation_error_message="Only the SHA-256 of a diary link's secret is kept.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")) & Q(ends_on__lte=F("starts_on") + LONGEST_LINK_DAYS),
                name="diary_link_at_most_a_year",
                violation_error_message="A diary link ends after it begins, and within a year.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="diary_link_revoked_with_reason",
                violation_error_message="A revoked diary link, and only that, says when and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"Diary link until {self.ends_on:%d %b %Y}"


class LinkEntry(models.Model):
    """The receipt of one thing the patient sent. The same key sent again is answered from here and writes nothing.

    key: made on the phone. payload_hash: SHA-256 of what was sent with it. day: the date it is about.
    written_at: when the patient wrote it, as far as that can be believed; received_at: when it came in.
    result: {"versions": {ISO date: version of the day afterwards}}, to tell the patient's writing from the clinic's.
    """

    id = models.BigAutoField(primary_key=True)
    link = models.ForeignKey(DiaryLink, on_delete=models.PROTECT, related_name="entries", db_index=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="link_entries", db_index=False)
    key = models.UUIDField()
    payload_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    day = models.DateField()
    written_at = models.DateTimeField()
    received_at = models.DateTimeField()
    result = models.JSONField()

    class Meta:
        verbose_name_plural = "link entries"
        ordering = ["id"]
        triggers = [_ENTRY_STAYS, _ENTRY_OF_SAME_PATIENT]
        indexes = [models.Index(fields=["patient", "-id"], name="diary_link_entry_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "key"],
                name="diary_link_entry_once",
                violation_error_message="This entry was received already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EntryKind.values),
                name="diary_link_entry_kind_known",
                violation_error_message="This kind of entry is not known.",
            ),
            models.CheckConstraint(
                condition=Q(written_at__lte=F("received_at")),
                name="diary_link_entry_written_before_received",
                violation_error_message="An entry is written before it is received.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day:%d %b %Y}"
