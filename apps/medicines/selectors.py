"""Reads of the catalogue. Each returns a query that runs once."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from apps.medicines.catalogue.vocabulary import Advice, Use
from apps.medicines.models import Medicine

USE_FIELDS: dict[str, str] = {
    Use.PREVENTIVE: "is_preventive",
    Use.ACUTE: "is_acute",
    Use.RESCUE: "is_rescue",
    Use.PROCEDURE: "is_procedure",
}


def acute_medicines() -> QuerySet[Medicine]:
    """What can be taken for an attack: acute and rescue medicines in the catalogue, by name."""
    return Medicine.objects.filter(Q(is_acute=True) | Q(is_rescue=True), active=True)


def preventive_medicines() -> QuerySet[Medicine]:
    """Preventive medicines in the catalogue, by name."""
    return Medicine.objects.filter(is_preventive=True, active=True)


def procedure_medicines() -> QuerySet[Medicine]:
    """What is injected within a procedure such as a nerve block, by name."""
    return Medicine.objects.filter(is_procedure=True, active=True)


def medicine_by_code(code: str) -> Medicine | None:
    """The medicine with this code, withdrawn ones included because old records name them; None when there is none."""
    return Medicine.objects.filter(code=code).first()


def medicines_by_code(codes: Iterable[str]) -> dict[str, Medicine]:
    """The medicines with these codes, withdrawn ones included, in one query; unknown codes are absent."""
    return {medicine.code: medicine for medicine in Medicine.objects.filter(code__in=set(codes))}


def find_medicines(
    *, text: str = "", use: str = "", overuse_class: str = "", ehf_2020_class: int | None = None
) -> QuerySet[Medicine]:
    """Medicines in the catalogue that fit all given filters; empty ones are ignored.

    text: part of the name, code or ATC code, whatever the case. overuse_class also finds a second class.
    """
    found = Medicine.objects.filter(active=True)
    if text:
        found = found.filter(Q(generic_name__icontains=text) | Q(code__icontains=text) | Q(atc_code__istartswith=text))
    if use:
        found = found.filter(**{USE_FIELDS[use]: True})
    if overuse_class:
        found = found.filter(Q(overuse_class=overuse_class) | Q(also_overuse_class=overuse_class))
    if ehf_2020_class is not None:
        found = found.filter(ehf_2020_class=ehf_2020_class)
    return found


def as_choices(medicines: Iterable[Medicine]) -> list[tuple[str, str]]:
    """Code and name for a form's list; a medicine that the source says not to offer says so."""
    return [(medicine.code, _choice_label(medicine)) for medicine in medicines]


def as_grouped_choices(medicines: Iterable[Medicine]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same, gathered under pharmacological classes, both in alphabetical order, for long lists."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for medicine in medicines:
        group = groups.setdefault(medicine.get_pharmacological_class_display(), [])
        group.append((medicine.code, _choice_label(medicine)))
    return sorted(groups.items())


def _choice_label(medicine: Medicine) -> str:
    unwanted = medicine.advice in {Advice.DO_NOT_OFFER, Advice.NOT_RECOMMENDED}
    return f"{medicine.generic_name} ({medicine.get_advice_display().lower()})" if unwanted else medicine.generic_name
