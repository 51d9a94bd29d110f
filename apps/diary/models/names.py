"""What a medicine's name in diary files stands for, as somebody decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.diary.import_choices import Meaning
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.patients.models.patient import Folded

LONGEST_NAME = 160


@tracked(exclude=["folded"])
class MedicineName(VersionedRecord):
    """Decided once, used by every later import; correcting it changes later imports only.

    patient: empty when the decision holds for the whole clinic. name: as the file has it; names that differ only in
    capitals, accents and spaces are the same. decided_by, decided_at: who said so last, and when.
    """

    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="medicine_names", db_index=False
    )
    name = models.CharField(max_length=LONGEST_NAME)
    folded = models.GeneratedField(expression=Folded(F("name")), output_field=models.TextField(), db_persist=True)
    meaning = models.CharField(max_length=9, choices=Meaning.choices)
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(VersionedRecord.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "folded"],
                nulls_distinct=False,
                name="diary_name_decided_once",
                violation_error_message="What this name stands for is decided already: correct that decision.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="diary_name_written",
                violation_error_message="Enter the name as it stands in the file.",
            ),
            models.CheckConstraint(
                condition=Q(meaning=Meaning.MEDICINE, medicine__isnull=False)
                | Q(meaning__in=[Meaning.SOMETHING, Meaning.NOT_ACUTE], medicine__isnull=True),
                name="diary_name_medicine_if_meant",
                violation_error_message="Select the medicine, or say that it is none that is known.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
