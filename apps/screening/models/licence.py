"""What the clinic may show of an instrument whose wording is protected: its permission, and its own copy of the text."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.choices import LANGUAGES

BLANK = r"^\s*$"


@tracked()
class InstrumentLicence(Record):
    """The clinic's permission to show the wording of one instrument in one language.

    `confirmed_by` has seen the permission named by `reference`; `confirmed_on` is the day of that. A permission is
    withdrawn, never deleted: sheets that showed the wording keep saying so.
    """

    instrument = models.CharField(max_length=20, editable=False, help_text="Code of the instrument")
    language = models.CharField("language of the wording", max_length=8, choices=LANGUAGES)
    reference = models.CharField("reference of the permission", max_length=200)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="who has seen it", on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField("seen on")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField("why it was withdrawn", max_length=400, blank=True)

    class Meta(Record.Meta):
        verbose_name = "permission for a questionnaire"
        ordering = ["instrument", "language", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "language"],
                condition=Q(withdrawn_at__isnull=True),
                name="screening_one_live_licence",
                violation_error_message="The clinic's permission for this language is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(reference__regex=BLANK) & ~Q(instrument=""),
                name="screening_licence_has_a_reference",
                violation_error_message="Enter the reference of the permission.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason__regex=BLANK)),
                name="screening_licence_withdrawn_whole",
                violation_error_message="A permission is withdrawn with who, when and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"Permission {self.reference}, {self.get_language_display()}"


@tracked()
class InstrumentWording(Record):
    """The clinic's own copy of the questions, one version of it. It never changes: a new text is the next number.

    `items` maps item keys of the instrument to their wording; an item without one keeps its number.
    """

    licence = models.ForeignKey(InstrumentLicence, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField("version", editable=False)
    stem = models.TextField("text above the questions", max_length=2000, blank=True)
    items = models.JSONField("wording by item")

    class Meta(Record.Meta):
        verbose_name = "wording of a questionnaire"
        ordering = ["licence", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "number"],
                name="screening_wording_numbered_once",
                violation_error_message="Somebody saved another version meanwhile. Look at it before you save yours.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(items={}),
                name="screening_wording_has_text",
                violation_error_message="Enter the wording of at least one question.",
            ),
        ]

    def __str__(self) -> str:
        return f"wording version {self.number}"
