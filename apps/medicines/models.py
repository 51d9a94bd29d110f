"""The medicines catalogue as a table. Rows come from the reviewed data files only; nobody edits them on a page."""

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.history import tracked
from apps.core.models import Record
from apps.medicines import choices
from apps.medicines.constraints import MEDICINE_CONSTRAINTS


@tracked()
class Medicine(Record):
    """One medicine as the clinic may record it: an ingredient or fixed combination, split by route where limits differ.

    `code` never changes and rows are never deleted, because diaries and ledgers point to them; a medicine that left
    the data files is inactive. Empty text and NULL mean that the source does not say. Doses are in `dose_unit` per
    `dose_period`, `max_per_24h` in `dose_unit`, limits in days a month.
    """

    code = models.SlugField(max_length=60, unique=True)
    generic_name = models.CharField("name", max_length=80)
    ingredients = ArrayField(models.CharField(max_length=60))
    active = models.BooleanField("in the catalogue", default=True)
    atc_code = models.CharField("ATC code", max_length=7, blank=True)
    atc_version = models.DateField("ATC list of", null=True, blank=True)

    is_preventive = models.BooleanField("preventive", default=False)
    is_acute = models.BooleanField("acute", default=False)
    is_rescue = models.BooleanField("rescue", default=False)
    is_procedure = models.BooleanField("within a procedure", default=False)
    route = models.CharField(max_length=20, choices=choices.ROUTES, blank=True)
    setting = models.TextField("only in this setting", blank=True)

    pharmacological_class = models.CharField(max_length=40, choices=choices.PHARMACOLOGICAL_CLASSES)
    ehf_2020_class = models.PositiveSmallIntegerField(
        "EHF 2020 class", choices=choices.EHF_2020_CHOICES, null=True, blank=True
    )
    ehf_2020_note = models.TextField("EHF 2020 note", blank=True)
    ehf_2014_group = models.CharField("EHF 2014 group", max_length=30, choices=choices.EHF_2014_GROUPS, blank=True)
    schulman_2008_class = models.CharField(
        "Schulman 2008 class", max_length=30, choices=choices.SCHULMAN_CLASSES, blank=True
    )

    overuse_class = models.CharField("counts as", max_length=20, choices=choices.OVERUSE_CLASSES)
    also_overuse_class = models.CharField("counts also as", max_length=20, choices=choices.OVERUSE_CLASSES, blank=True)
    overuse_limit_days = models.PositiveSmallIntegerField("overuse from, days a month", null=True, blank=True)
    planning_max_days = models.PositiveSmallIntegerField("plan for at most, days a month", null=True, blank=True)
    overuse_note = models.TextField(blank=True)
    contains_opioid = models.BooleanField(default=False)
    contains_butalbital = models.BooleanField(default=False)

    dose_low = models.DecimalField("usual dose, low", max_digits=8, decimal_places=2, null=True, blank=True)
    dose_high = models.DecimalField("usual dose, high", max_digits=8, decimal_places=2, null=True, blank=True)
    dose_unit = models.CharField(max_length=10, choices=choices.DOSE_UNITS, blank=True)
    dose_period = models.CharField(max_length=20, choices=choices.DOSE_PERIODS, blank=True)
    dose_max = models.DecimalField("highest dose", max_digits=8, decimal_places=2, null=True, blank=True)
    max_per_24h = models.DecimalField("highest in 24 hours", max_digits=8, decimal_places=2, null=True, blank=True)
    dose_note = models.TextField(blank=True)

    trial_weeks = models.PositiveSmallIntegerField("adequate trial, weeks", null=True, blank=True)
    trial_note = models.TextField("adequate trial", blank=True)
    cautions = models.TextField("main cautions", blank=True)
    pregnancy = models.TextField(blank=True)
    availability = models.TextField("national differences", blank=True)
    advice = models.CharField(max_length=30, choices=choices.ADVICE, blank=True)
    evidence = models.TextField(blank=True)

    source = models.TextField()
    certainty = models.CharField(max_length=12, choices=choices.CERTAINTIES)
    to_confirm = models.TextField("still to be confirmed", blank=True)

    class Meta(Record.Meta):
        ordering = ["generic_name"]
        constraints = MEDICINE_CONSTRAINTS
        triggers = [
            pgtrigger.Trigger(
                name="never_deleted",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    RAISE EXCEPTION 'A medicine is withdrawn from the catalogue, never deleted.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'medicines_medicine_never_deleted';
                """,
            ),
            pgtrigger.Trigger(
                name="code_stays",
                operation=pgtrigger.UpdateOf("code"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__code__df=pgtrigger.F("new__code")),
                func="""
                    RAISE EXCEPTION 'The code of a medicine never changes, because diaries and prescriptions use it.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'medicines_medicine_code_stays';
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.generic_name

    @property
    def is_gepant(self) -> bool:
        """Whether it is a gepant, which ICHD-3 counts in no overuse class."""
        return self.pharmacological_class == "gepant"

    @property
    def usual_dose(self) -> tuple[Decimal, Decimal] | None:
        """Low and high end of the usual dose in `dose_unit` per `dose_period`; None when the source gives none."""
        if self.dose_low is None or self.dose_high is None:
            return None
        return self.dose_low, self.dose_high
