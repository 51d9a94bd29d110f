"""What a patient was taught, and what they understood."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.documents.models import Document
from apps.education.choices import ON_PAPER, How, Understanding
from apps.patients.models import Patient


@tracked()
class LeafletGiven(VersionedRecord):
    """One leaflet, in the version and language of that day, given to one patient.

    What was given stays as it is recorded; only what the patient understood is added later. `document` is the
    printed leaflet, empty when it was read together without paper.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="leaflets_given")
    leaflet_code = models.SlugField("leaflet", max_length=60, db_index=False)
    leaflet_version = models.PositiveSmallIntegerField("version of the leaflet")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField("given on")
    how = models.CharField("how", max_length=14, choices=How.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    understanding = models.CharField(
        "what came back", max_length=10, choices=Understanding.choices, default=Understanding.NOT_ASKED
    )
    teach_back = models.TextField("in the patient's own words", max_length=2000, blank=True)

    class Meta(VersionedRecord.Meta):
        verbose_name = "leaflet given"
        verbose_name_plural = "leaflets given"
        ordering = ["-given_on", "-created_at", "id"]
        indexes = [models.Index(fields=["patient", "-given_on"], name="education_given_by_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=How.values),
                name="education_given_how_known",
                violation_error_message="Select how the leaflet was given.",
            ),
            models.CheckConstraint(
                condition=Q(understanding__in=Understanding.values),
                name="education_given_understanding_known",
                violation_error_message="Select what came back from the patient.",
            ),
            models.CheckConstraint(
                condition=~Q(leaflet_code="") & ~Q(title="") & ~Q(language="") & Q(leaflet_version__gte=1),
                name="education_given_leaflet_named",
                violation_error_message="Say which leaflet was given, in which version and language.",
            ),
            models.CheckConstraint(
                condition=Q(how__in=ON_PAPER, document__isnull=False) | Q(how=How.READ_TOGETHER, document__isnull=True),
                name="education_given_paper_has_document",
                violation_error_message="A printed leaflet, and only that, has a document.",
            ),
            models.CheckConstraint(
                condition=Q(given_on__lte=F("created_at__date")),
                name="education_given_not_in_future",
                violation_error_message="Enter a day up to today: the leaflet was given already.",
            ),
            models.CheckConstraint(
                condition=Q(teach_back="") | ~Q(understanding=Understanding.NOT_ASKED),
                name="education_given_teach_back_rated",
                violation_error_message="Select what came back from the patient.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.leaflet_version}"
