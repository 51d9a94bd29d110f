"""Base classes of every table that the clinic writes, and the tokens that stop a form from being saved twice."""

import uuid

from django.conf import settings
from django.db import models


class Record(models.Model):
    """A row with an address of its own, that knows when it was written and by whom.

    `created_by` is empty only for rows written by a named process (an import, the sweep); the history then names
    the process.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("recorded at", auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="recorded by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class VersionedRecord(Record):
    """A record that people edit: it carries a version, so that a stale save is noticed and nothing is overwritten."""

    updated_at = models.DateTimeField("last changed", auto_now=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(Record.Meta):
        abstract = True


class UsedFormToken(models.Model):
    """A form that was saved once. The same form sent again finds its token here and changes nothing."""

    token = models.UUIDField(primary_key=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["used_at"], name="core_formtoken_used_at")]

    def __str__(self) -> str:
        return f"form {self.token}"
