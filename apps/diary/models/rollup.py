"""Which days of a calendar month have headache and acute medicines: one bit a day, so that a whole clinic is counted
at once."""

from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any, Final

from django.db import models
from django.db.models import F, Q

from apps.clinical.diary import OveruseClass
from apps.patients.models import Patient

# The column of each overuse class.
MASK_OF: Final[Mapping[OveruseClass, str]] = MappingProxyType(
    {
        OveruseClass.ERGOTAMINE: "ergotamine",
        OveruseClass.TRIPTAN: "triptan",
        OveruseClass.PARACETAMOL: "paracetamol",
        OveruseClass.NSAID: "nsaid",
        OveruseClass.ASPIRIN: "aspirin",
        OveruseClass.OTHER_NON_OPIOID: "other_non_opioid",
        OveruseClass.OPIOID: "opioid",
        OveruseClass.COMBINATION: "combination",
        OveruseClass.OTHER: "other",
        OveruseClass.NONE: "no_class",
        OveruseClass.NOT_IDENTIFIED: "not_identified",
    }
)


def _mask(name: str | None = None) -> models.IntegerField:
    return models.IntegerField(name, db_default=0)


# Django's own annotations take whole numbers only, its expressions also take each other.
_CLASS_COLUMNS: list[Any] = [F(name) for name in MASK_OF.values()]
_RECORDED: Any = F("recorded")


class AcuteMonth(models.Model):
    """A patient's calendar month as bits: bit 0 is day 1, bit 30 is day 31.

    recorded: days that say headache or no headache. headache: days with headache. list_known: days whose list of
    acute medicines is complete. acute: days with any acute or rescue medicine. Then a column for each overuse class; a
    tablet that counts in two sets both. opioid_inside, butalbital_inside: days with a medicine that is or contains it.

    The database keeps it from the diary by triggers, on every way of writing; nothing else may write here. A month
    without a row is a month of which nothing is known.
    """

    pk = models.CompositePrimaryKey("patient_id", "month")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="acute_months", db_index=False)
    month = models.DateField("first day of the month")
    recorded = _mask()
    headache = _mask()
    list_known = _mask()
    acute = _mask()
    ergotamine = _mask()
    triptan = _mask()
    paracetamol = _mask()
    nsaid = _mask("NSAID")
    aspirin = _mask()
    other_non_opioid = _mask()
    opioid = _mask()
    combination = _mask()
    other = _mask()
    no_class = _mask()
    not_identified = _mask()
    opioid_inside = _mask()
    butalbital_inside = _mask()

    class Meta:
        ordering = ["patient", "month"]
        indexes = [models.Index(fields=["month"], name="diary_acutemonth_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="diary_acutemonth_first_day",
                violation_error_message="A month is named by its first day.",
            ),
            models.CheckConstraint(
                condition=Q(acute=reduce(lambda joined, each: joined.bitor(each), _CLASS_COLUMNS)),
                name="diary_acutemonth_union",
                violation_error_message="A day with an acute medicine is a day of at least one class, and the reverse.",
            ),
            models.CheckConstraint(
                condition=Q(headache=F("headache").bitand(_RECORDED)),
                name="diary_acutemonth_headache_recorded",
                violation_error_message="A headache day is a recorded day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%b %Y}"
