"""Who the patient is, and what must never be forgotten about them."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from apps.core.history import tracked
from apps.core.models import Record, VersionedRecord
from apps.patients.choices import LANGUAGES, AllergyStatus, ContactRoute, IdentifierSystem, ReactionSeverity, Sex

EARLIEST_BIRTH = date(1900, 1, 1)


class NextClinicNumber(Func):
    """The next free clinic number, given out by the database so that two registrations never share one."""

    function = "patients_next_clinic_number"
    template = "%(function)s()"
    output_field = models.CharField()


class Folded(Func):
    """Text in lower case without accents, as the search sees it (`clinic_fold` in the database)."""

    function = "clinic_fold"
    output_field = models.TextField()


@tracked(exclude=["search_text", "sort_name"])
class Patient(VersionedRecord):
    """A person in the clinic's care."""

    clinic_number = models.CharField(max_length=12, unique=True, db_default=NextClinicNumber(), editable=False)
    given_name = models.CharField("given name", max_length=100)
    family_name = models.CharField("family name", max_length=100)
    preferred_name = models.CharField("likes to be called", max_length=100, blank=True)
    date_of_birth = models.DateField("date of birth")
    sex = models.CharField(max_length=12, choices=Sex.choices, default=Sex.NOT_KNOWN)
    pronouns = models.CharField(max_length=40, blank=True)
    language = models.CharField("preferred language", max_length=8, choices=LANGUAGES, default="en")
    large_print = models.BooleanField("prefers large print", default=False)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    contact_route = models.CharField(
        "prefers to be reached by", max_length=16, choices=ContactRoute.choices, default=ContactRoute.TELEPHONE
    )
    address = models.TextField(max_length=400, blank=True)
    allergy_status = models.CharField(max_length=12, choices=AllergyStatus.choices, default=AllergyStatus.NOT_ASKED)
    allergies_asked_on = models.DateField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField("invented person of the demo clinic", default=False, editable=False)
    search_text = models.GeneratedField(
        expression=Folded(
            Concat(
                F("given_name"),
                Value(" "),
                F("family_name"),
                Value(" "),
                F("given_name"),
                Value(" "),
                F("preferred_name"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    # How people look names up: Öst beside Ost, de Vries under D. In byte order, so that its index also answers
    # "family names that begin with".
    sort_name = models.GeneratedField(
        expression=Folded(Concat(F("family_name"), Value(" "), F("given_name"), output_field=models.TextField())),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta(VersionedRecord.Meta):
        ordering = ["sort_name", "id"]
        indexes = [
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="patients_patient_search_trgm"),
            models.Index(fields=["sort_name", "id"], name="patients_patient_by_name"),
            models.Index(fields=["date_of_birth"], name="patients_patient_by_birth"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name="") & ~Q(family_name=""),
                name="patients_patient_named",
                violation_error_message="Enter the given name and the family name.",
            ),
            models.CheckConstraint(
                condition=Q(date_of_birth__gte=EARLIEST_BIRTH),
                name="patients_patient_birth_plausible",
                violation_error_message="Check the date of birth: it is before 1900.",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=Sex.values),
                name="patients_patient_sex_known",
                violation_error_message="Select one of the answers for sex.",
            ),
            models.CheckConstraint(
                condition=Q(allergy_status=AllergyStatus.NOT_ASKED, allergies_asked_on__isnull=True)
                | (~Q(allergy_status=AllergyStatus.NOT_ASKED) & Q(allergies_asked_on__isnull=False)),
                name="patients_patient_allergies_asked_paired",
                violation_error_message="An answer about allergies needs the day it was asked.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def age_on(self, day: date) -> int:
        """Completed years of age on a day; somebody born on 29 February has the birthday on 1 March."""
        before_birthday = (day.month, day.day) < (self.date_of_birth.month, self.date_of_birth.day)
        return day.year - self.date_of_birth.year - int(before_birthday)


@tracked()
class PatientIdentifier(Record):
    """A number by which others know the patient. One number belongs to one person."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="identifiers")
    system = models.CharField("kind of number", max_length=20, choices=IdentifierSystem.choices)
    value = models.CharField("number", max_length=40, help_text="Without spaces or dashes, as it is compared")

    class Meta(Record.Meta):
        ordering = ["system", "value"]
        indexes = [models.Index(OpClass(F("value"), name="varchar_pattern_ops"), name="patients_identifier_prefix")]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "value"],
                name="patients_identifier_one_person",
                violation_error_message="Another patient is registered with this number.",
            ),
            models.CheckConstraint(
                condition=Q(value__regex=r"^[0-9A-Z]+$"),
                name="patients_identifier_normalised",
                violation_error_message="Enter the number in digits and capital letters only.",
            ),
            models.CheckConstraint(
                condition=Q(system__in=IdentifierSystem.values),
                name="patients_identifier_system_known",
                violation_error_message="Select what kind of number this is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.value}"


@tracked()
class Allergy(VersionedRecord):
    """A substance the patient must not be given, and what it did. Wrong entries are withdrawn with a reason."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allergies")
    substance = models.CharField(max_length=120)
    reaction = models.CharField("what happened", max_length=200, blank=True)
    severity = models.CharField(max_length=16, choices=ReactionSeverity.choices, default=ReactionSeverity.NOT_KNOWN)
    noted_on = models.DateField("told on")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("why it was withdrawn", max_length=200, blank=True)

    class Meta(VersionedRecord.Meta):
        verbose_name_plural = "allergies"
        ordering = ["substance"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(substance=""),
                name="patients_allergy_substance_given",
                violation_error_message="Enter the substance.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="patients_allergy_withdrawn_with_reason",
                violation_error_message="Say why this allergy was withdrawn.",
            ),
            models.UniqueConstraint(
                Folded("substance"),
                "patient",
                condition=Q(withdrawn_at__isnull=True),
                name="patients_allergy_once",
                violation_error_message="This allergy is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substance} ({self.reaction})" if self.reaction else self.substance
