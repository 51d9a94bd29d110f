"""What the columns of a table mean, remembered for the next file with the same headings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.diary.models.file import LONGEST_FILE_NAME, SHA256_HEX


@tracked()
class ColumnMapping(VersionedRecord):
    """Offered for every file with these headings, and still shown before it is used.

    signature: recognises the headings (apps.diary.imports.reading.signature). mapping: as
    `TableMapping.as_dict` writes it. headings: their beginning, for people; never the name of a file, which is often a
    person's.
    """

    signature = models.CharField(
        max_length=64, unique=True, error_messages={"unique": "The columns of this table are known already."}
    )
    headings = models.CharField(max_length=LONGEST_FILE_NAME)
    mapping = models.JSONField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(VersionedRecord.Meta):
        ordering = ["headings"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signature__regex=SHA256_HEX),
                name="diary_mapping_signature_whole",
                violation_error_message="A table is recognised by the checksum of its headings.",
            ),
        ]

    def __str__(self) -> str:
        return self.headings
