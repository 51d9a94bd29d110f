"""One answer sheet: an instrument as one patient answered it on one day, with its score."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.patients.choices import LANGUAGES
from apps.patients.models import Patient
from apps.screening.choices import Helper, Mode, SheetState
from apps.screening.models.licence import InstrumentWording
from apps.screening.models.tablet import TabletSet

NO_BAND = Q(total__isnull=True, category="", band="", positive__isnull=True)
HAS_SCALES = ~Q(subscores=[])
NO_TOTAL = NO_BAND & (Q(prorated=False) | HAS_SCALES)
A_TOTAL = Q(total__isnull=False, category="") & ~Q(band="")
A_CATEGORY = Q(total__isnull=True, prorated=False) & ~Q(category="") & ~Q(band="")
A_RESULT = Q(total__isnull=False) | ~Q(category="") | HAS_SCALES


@tracked()
class Administration(VersionedRecord):
    """Answers and score. A finished sheet never changes: a correction is a new sheet that replaces it.

    `answers` maps the instrument's item keys to whole numbers; an item that is not answered is not in it.
    `missing` counts the items the total is made of that are not answered; "prefers not to answer" is an answer.
    The result is a total with its band, or a category (a name and no number), or the scales in `subscores`, or
    nothing; `why_unscored` then says why, and also why single scales have no value. The score can be made again at
    any time from the answers and the versions, and is then the same. `wording` is the clinic's own copy of the
    questions that was on the page, if one was. `tablet`: the set it was answered in, for answers from the tablet.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="answer_sheets")
    instrument = models.CharField(max_length=20, editable=False, help_text="Code of the instrument")
    instrument_version = models.CharField(max_length=12, editable=False)
    rule_version = models.CharField("version of the scoring", max_length=12, editable=False)
    language = models.CharField("language of the questions", max_length=8, choices=LANGUAGES, default="en")
    mode = models.CharField("how it was answered", max_length=12, choices=Mode.choices, default=Mode.CLINICIAN)
    tablet = models.ForeignKey(
        TabletSet, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="sheets"
    )
    helper = models.CharField("who was there", max_length=8, choices=Helper.choices, blank=True)
    answered_on = models.DateField("answered on")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="who entered the answers last",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.PARTIAL, editable=False)
    answers = models.JSONField(default=dict, blank=True)
    missing = models.PositiveSmallIntegerField("items not answered", editable=False)
    total = models.PositiveIntegerField(null=True, blank=True, editable=False)
    band = models.CharField(max_length=60, blank=True, editable=False)
    prorated = models.BooleanField("estimated from incomplete answers", default=False, editable=False)
    positive = models.BooleanField("at or above the cut-off", null=True, blank=True, editable=False)
    category = models.CharField("result that is no number", max_length=20, blank=True, editable=False)
    subscores = models.JSONField("results by scale", default=list, blank=True, editable=False)
    why_unscored = models.CharField("why a result is missing", max_length=600, blank=True, editable=False)
    wording = models.ForeignKey(
        InstrumentWording,
        verbose_name="wording that was shown",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_by",
        error_messages={"unique": "This sheet was corrected already. Correct the newer one."},
    )
    correction_reason = models.CharField("why it was corrected", max_length=400, blank=True)

    class Meta(VersionedRecord.Meta):
        verbose_name = "answer sheet"
        ordering = ["-answered_on", "-created_at"]
        indexes = [models.Index(fields=["patient", "instrument", "-answered_on"], name="screening_sheet_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values),
                name="screening_sheet_state_known",
                violation_error_message="A sheet is finished, or it is not.",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values),
                name="screening_sheet_mode_known",
                violation_error_message="Select how the questions were answered.",
            ),
            models.CheckConstraint(
                condition=Q(helper__in=["", *Helper.values])
                & (Q(mode=Mode.TABLET, tablet__isnull=False) | (~Q(mode=Mode.TABLET) & Q(tablet__isnull=True))),
                name="screening_sheet_tablet_whole",
                violation_error_message="Answers from the tablet say which set they belong to, and only they do.",
            ),
            models.CheckConstraint(
                condition=~Q(instrument="") & ~Q(instrument_version="") & ~Q(rule_version=""),
                name="screening_sheet_versions_kept",
                violation_error_message="A sheet keeps its instrument, the version of it and the version of the scoring.",
            ),
            models.CheckConstraint(
                condition=NO_TOTAL | A_TOTAL | A_CATEGORY,
                name="screening_sheet_score_whole",
                violation_error_message=(
                    "A total or a category comes with the name of its band; without one there is no band either."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.COMPLETE)
                | Q(total__isnull=True, category="", subscores=[], why_unscored="", prorated=False),
                name="screening_no_total_before_the_end",
                violation_error_message="A sheet has a result once it is finished.",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True)
                | Q(mode=Mode.TOTAL_ONLY)
                | Q(missing=0, prorated=False)
                | Q(missing__gt=0, prorated=True),
                name="screening_no_total_from_incomplete_answers",
                violation_error_message="A total from incomplete answers is allowed only when it is marked as prorated.",
            ),
            models.CheckConstraint(
                condition=Q(category="") | Q(missing=0),
                name="screening_no_category_from_incomplete_answers",
                violation_error_message="A category needs every question that is to be asked.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.COMPLETE) | A_RESULT | ~Q(why_unscored__regex=r"^\s*$"),
                name="screening_no_result_says_why",
                violation_error_message="A finished sheet has a result, or says why it has none.",
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.TOTAL_ONLY)
                | (Q(answers={}, category="", prorated=False) & (Q(total__isnull=False) | HAS_SCALES)),
                name="screening_total_only_has_a_total",
                violation_error_message="When only the result is known, enter it and no answers.",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, correction_reason="")
                | (
                    Q(supersedes__isnull=False, state=SheetState.COMPLETE)
                    & ~Q(correction_reason__regex=r"^\s*$")
                    & ~Q(supersedes=F("id"))
                ),
                name="screening_correction_says_why",
                violation_error_message="A correction says which sheet it replaces, and why.",
            ),
            models.UniqueConstraint(
                fields=["patient", "instrument"],
                condition=Q(state=SheetState.PARTIAL),
                name="screening_one_unfinished_sheet",
                violation_error_message="A sheet of this kind is not finished yet. Go on with that one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.answered_on:%d %b %Y}"
