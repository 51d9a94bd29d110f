"""Is this person registered already? Looks before anything is saved, and says why it thinks so.

A second record of one person is dangerous: allergies and medicines end up in two halves. The check is therefore
wide; people decide. What it looks for: the same number; the same day of birth, or day and month exchanged, with a
similar name; the same telephone with a similar name; nearly the same day of birth with the same name.
Similar is measured over pieces of three letters without accents and without order, so given and family name may be
exchanged and the name by which somebody is called counts.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import CharField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Right

from apps.patients.models import Patient, PatientIdentifier
from apps.patients.models.patient import Folded

# Shares of common three-letter pieces, tried out on the variants in the tests.
# "Bill Jones" and "William Jones" share a third; two people with only the family name's ending in common less.
SIMILAR_SAME_BIRTH: Final = 0.25
SIMILAR_EXCHANGED_BIRTH: Final = 0.4
SIMILAR_SAME_TELEPHONE: Final = 0.3
SAME_NAME: Final = 0.85
# Without country and trunk prefix: +44 20 7946 0000 and 020 7946 0000 are one line.
TELEPHONE_DIGITS: Final = 9
MOST_CANDIDATES: Final = 20


@dataclass(frozen=True)
class NewPerson:
    """What is known about somebody who is to be registered. `identifier` is normalised; ("", "") when none."""

    given_name: str
    family_name: str
    date_of_birth: date
    preferred_name: str = ""
    telephone: str = ""
    identifier: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Candidate:
    """Somebody registered who may be the same person, and what speaks for it."""

    patient: Patient
    reasons: tuple[str, ...]


def holder_of(system: str, value: str) -> Patient | None:
    """The patient who is registered with this normalised number."""
    identifier = PatientIdentifier.objects.filter(system=system, value=value).select_related("patient").first()
    return identifier.patient if identifier else None


def possible_duplicates(person: NewPerson) -> list[Candidate]:
    """Registered patients who may be this person, the likeliest first. One query."""
    return [Candidate(patient, _reasons(patient, person)) for patient in _similar_patients(person)]


def exchanged(day: date) -> date | None:
    """The date with day and month exchanged; None when there is no such date or it is the same."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _similar_patients(person: NewPerson) -> QuerySet[Patient]:
    # Both ways into the table have an index: the day of birth, and the pieces of the name.
    name = Folded(Value(f"{person.given_name} {person.family_name} {person.preferred_name}"))
    born = person.date_of_birth
    called = Q(likeness__gte=SIMILAR_SAME_BIRTH) | Q(folded_family=Folded(Value(person.family_name)))
    suspicious = Q(date_of_birth=born) & called
    if turned := exchanged(born):
        suspicious |= Q(date_of_birth=turned, likeness__gte=SIMILAR_EXCHANGED_BIRTH)
    near = (
        Q(date_of_birth__day=born.day, date_of_birth__month=born.month)
        | Q(date_of_birth__year=born.year, date_of_birth__month=born.month)
        | Q(date_of_birth__year=born.year, date_of_birth__day=born.day)
    )
    suspicious |= Q(search_text__trigram_similar=name, likeness__gte=SAME_NAME) & near
    if digits := _last_digits(person.telephone):
        same_line = Q(search_text__trigram_similar=name, line=digits, likeness__gte=SIMILAR_SAME_TELEPHONE)
        suspicious |= same_line
    return (
        Patient.objects.annotate(
            likeness=TrigramSimilarity("search_text", name),  # type: ignore[arg-type]  # an expression is fine
            folded_family=Folded("family_name"),
            line=Right(
                Func(
                    F("telephone"),
                    Value(r"\D"),
                    Value(""),
                    Value("g"),
                    function="regexp_replace",
                    output_field=TextField(),
                ),
                TELEPHONE_DIGITS,
                output_field=CharField(),
            ),
        )
        .filter(suspicious)
        .order_by("-likeness", "sort_name", "id")[:MOST_CANDIDATES]
    )


def _reasons(patient: Patient, person: NewPerson) -> tuple[str, ...]:
    reasons = []
    likeness: float = patient.likeness  # type: ignore[attr-defined]
    if likeness >= SAME_NAME:
        reasons.append("same name")
    elif likeness >= SIMILAR_SAME_BIRTH:
        reasons.append("similar name")
    else:
        reasons.append("same family name")
    if patient.date_of_birth == person.date_of_birth:
        reasons.append("same date of birth")
    elif patient.date_of_birth == exchanged(person.date_of_birth):
        reasons.append("date of birth with day and month exchanged")
    elif likeness >= SAME_NAME:
        reasons.append("date of birth differs in one place")
    digits = _last_digits(person.telephone)
    if digits and digits == _last_digits(patient.telephone):
        reasons.append("same telephone number")
    return tuple(reasons)


def _last_digits(telephone: str) -> str:
    digits = re.sub(r"\D", "", telephone)
    return digits[-TELEPHONE_DIGITS:] if len(digits) >= TELEPHONE_DIGITS else ""
