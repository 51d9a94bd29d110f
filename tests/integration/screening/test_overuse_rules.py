"""What the database refuses about reviews of overuse and agreements, also when nobody asks the services."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.core.writing import readable_refusal
from apps.patients.models import Patient
from apps.screening.choices import Ration
from apps.screening.models import Allowance, OveruseReasonNoted, OveruseReview
from tests.factories.overuse import make_allowance, make_review
from tests.factories.patients import make_patient
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db

REVIEW, REASON, ALLOWANCE = OveruseReview._meta.db_table, OveruseReasonNoted._meta.db_table, Allowance._meta.db_table


def write(table: str, **row: Any) -> None:
    """Insert in raw SQL, past every line of Python."""
    given = {"id": uuid.uuid4(), "created_at": timezone.now(), **row}
    names, places = ", ".join(given), ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(given.values()))  # noqa: S608 - our names


def review(patient: Patient, **changed: Any) -> None:
    given = {"reviewed_on": timezone.localdate(), "preexisting": "yes", "older": "no", "state": "none", "note": ""}
    write(REVIEW, patient_id=patient.pk, **given | changed)


def reason(of: OveruseReview, **changed: Any) -> None:
    given = {"patient_id": of.patient_id, "reason": "mood", "sureness": "likely", "words": ""}
    write(REASON, review_id=of.pk, **given | changed)


def allowance(patient: Patient, **changed: Any) -> None:
    given = {"ration": "all", "days": 8, "agreed_on": timezone.localdate(), "justification": ""}
    write(ALLOWANCE, patient_id=patient.pk, **given | changed)


def rescue(people: People, **changed: Any) -> None:
    given = {
        "ration": "opioid_inside",
        "justification": "Triptans are not allowed",
        "review_on": timezone.localdate() + timedelta(days=30),
        "created_by_id": people.treating.pk,
    }
    allowance(people.patient, **given | changed)


def refused(write_it: Callable[[], object]) -> str:
    """The name of the rule that said no; it has a sentence for people."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write_it()
    assert not readable_refusal(caught.value).startswith("The database refused this")
    return constraint_of(caught)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"preexisting": "perhaps"}, "screening_overuse_statements_known"),
        ({"older": ""}, "screening_overuse_statements_known"),
    ],
)
def test_a_review_states_yes_no_or_not_known(patient: Patient, changed: dict[str, Any], rule: str) -> None:
    assert refused(lambda: review(patient, **changed)) == rule
    review(patient)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"reason": "anticipatory_anxiety"}, "screening_overuse_reason_once"),
        ({"reason": "boredom"}, "screening_overuse_reason_known"),
        ({"sureness": "surely"}, "screening_overuse_reason_known"),
        ({"reason": "other"}, "screening_other_reason_in_words"),
        ({"reason": "other", "words": " \n"}, "screening_other_reason_in_words"),
    ],
)
def test_a_reason_is_one_of_the_list_once(people: People, changed: dict[str, Any], rule: str) -> None:
    made = make_review(people.patient, people.treating)
    assert refused(lambda: reason(made, **changed)) == rule
    reason(made, reason="other", words="Bought on holiday")


def test_a_reason_belongs_to_the_patient_of_its_review(people: People) -> None:
    made = make_review(people.patient, people.treating)
    other = make_patient()
    assert refused(lambda: reason(made, patient_id=other.pk)) == "screening_overuse_reason_same_patient"


def test_what_was_reviewed_stays(people: People) -> None:
    made = make_review(people.patient, people.treating)
    noted = made.reasons.get()
    assert refused(lambda: OveruseReview.objects.update(note="Other")) == "screening_overuse_review_stays"
    assert refused(lambda: OveruseReasonNoted.objects.update(sureness="certain")) == "screening_overuse_reason_stays"
    assert refused(noted.delete) == "screening_overuse_reason_stays"
    alone = make_review(people.patient, people.treating, note="Nothing found", today=timezone.localdate())
    with connection.cursor() as cursor:
        assert (
            refused(lambda: cursor.execute(f"DELETE FROM {REVIEW} WHERE id = %s", [alone.pk]))  # noqa: S608 - our name
            == "screening_overuse_review_stays"
        )


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"days": 32}, "screening_allowance_in_a_month"),
        ({"ration": "8.2.9"}, "screening_allowance_in_a_month"),
        ({"review_on": timezone.localdate()}, "screening_allowance_reviewed_later"),
    ],
    ids=["days", "ration", "review"],
)
def test_an_agreement_fits_in_a_month(patient: Patient, changed: dict[str, Any], rule: str) -> None:
    assert refused(lambda: allowance(patient, **changed)) == rule
    allowance(patient, days=31)
    assert refused(lambda: allowance(patient, days=4)) == "screening_one_allowance"
    allowance(patient, days=0, ration="8.2.2")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"justification": " "}, "screening_rescue_needs_a_reason"),
        ({"review_on": None}, "screening_rescue_needs_a_reason"),
        ({"ration": "butalbital_inside", "justification": ""}, "screening_rescue_needs_a_reason"),
        ({"created_by_id": None}, "screening_rescue_by_the_prescriber"),
    ],
)
def test_a_rescue_medicine_needs_reason_review_and_prescriber(
    people: People, changed: dict[str, Any], rule: str
) -> None:
    assert refused(lambda: rescue(people, **changed)) == rule
    rescue(people)


@pytest.mark.parametrize("ration", ["opioid_inside", "butalbital_inside"])
def test_nobody_but_the_prescriber_allows_one(people: People, ration: str) -> None:
    for somebody in (people.colleague, people.stranger):
        wrong = {"ration": ration, "created_by_id": somebody.pk}
        assert refused(lambda wrong=wrong: rescue(people, **wrong)) == "screening_rescue_by_the_prescriber"  # type: ignore[misc]


@pytest.mark.parametrize(
    "changed",
    [{"days": 12}, {"ration": Ration.TRIPTAN}, {"justification": "Other"}],
    ids=["days", "ration", "justification"],
)
def test_an_agreement_only_ends(people: People, changed: dict[str, Any]) -> None:
    agreed = Allowance.objects.filter(pk=make_allowance(people.patient, people.colleague).pk)
    assert refused(lambda: agreed.update(**changed)) == "screening_allowance_only_ends"
    other = make_patient()
    assert refused(lambda: agreed.update(patient=other)) == "screening_allowance_only_ends"
    agreed.update(ended_at=timezone.now(), ended_by=people.colleague)
    assert refused(lambda: agreed.update(ended_at=None)) == "screening_allowance_only_ends"
    assert refused(agreed.delete) == "screening_allowance_kept"
