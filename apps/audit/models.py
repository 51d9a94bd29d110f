"""Who looked at what. Rows have no foreign keys: the log never blocks a deletion and never follows one."""

from django.db import models

from apps.audit.choices import Action


class AccessEntry(models.Model):
    """One reading of a chart page, one download, one refusal. Written once, never changed, never deleted."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    user_id = models.UUIDField(null=True)
    user_label = models.CharField("who", max_length=160)
    action = models.CharField(max_length=12, choices=Action.choices)
    patient_id = models.UUIDField(null=True)
    subject = models.CharField("what", max_length=200)
    path = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField("from address", null=True)

    class Meta:
        verbose_name = "access entry"
        verbose_name_plural = "access log"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["patient_id", "-id"], name="audit_access_patient"),
            models.Index(fields=["user_id", "-id"], name="audit_access_user"),
            models.Index(fields=["at"], name="audit_access_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=Action.values),
                name="audit_access_action_known",
                violation_error_message="An access entry says that something was read, downloaded or refused.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d %b %Y %H:%M} {self.user_label} {self.action} {self.subject}"
