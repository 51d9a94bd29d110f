"""Giving leaflets: printed, recorded, in one step or not at all."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.core.writing import AlreadySaved, Refused, StaleSave, readable_refusal
from apps.documents.choices import DocumentState
from apps.documents.drawing import draw
from apps.documents.models import Document
from apps.documents.rendering import body_of
from apps.documents.selectors import file_of
from apps.education import suggestions
from apps.education.choices import How, Understanding
from apps.education.library import library
from apps.education.models import LeafletGiven
from apps.education.presenters import choices_for
from apps.education.selectors import last_given
from apps.education.services import give_leaflets, record_understanding
from apps.patients.models import Patient
from tests.documents.text import contents_of_pdf, words_of_html
from tests.factories.documents import TESTS
from tests.factories.education import ALL, COUNTING, DIARY, PRESCRIBER, give_leaflet
from tests.fixtures.people import People

LATER = datetime.date(2031, 1, 1)


def give_all(people: People, **options: object) -> list[LeafletGiven]:
    today = timezone.localdate()
    arguments = {"how": How.PAPER, "given_on": today, "today": today, "by": people.colleague, **options}
    return give_leaflets(patient=people.patient, leaflets=ALL, **arguments)  # type: ignore[arg-type]


def test_recorded_with_version_and_printed(people: People) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    leaflet = library()[DIARY]
    assert (given.leaflet_code, given.language, given.leaflet_version, given.title) == (
        leaflet.code,
        "en",
        leaflet.version,
        leaflet.title,
    )
    assert (given.given_by, given.understanding) == (people.colleague, Understanding.NOT_ASKED)
    assert given.document is not None
    assert given.document.kind == "leaflet"
    assert given.document.state == DocumentState.QUEUED


@pytest.mark.parametrize("key", ALL)
def test_the_file_says_what_the_leaflet_says(people: People, key: str) -> None:
    given = give_leaflet(people.patient, by=people.treating, key=key)
    assert given.document is not None
    draw(given.document.pk)
    document = Document.objects.get(pk=given.document.pk)
    text = contents_of_pdf(document, file_of(document) or b"")
    assert words_of_html(body_of(document)) in text
    assert words_of_html(library()[key].html) in text
    assert "Call Headache Clinic, telephone 020 7946 0000" in text


def test_the_prescriber_is_named_where_the_leaflet_asks_for_it(people: People) -> None:
    one = give_leaflet(people.patient, by=people.treating, key=PRESCRIBER).document
    other = give_leaflet(people.patient, by=people.treating, key=DIARY).document
    assert one is not None
    assert other is not None
    assert "Today your prescriber is <strong>Dr Amara Okafor</strong>" in body_of(one)
    assert "Okafor" not in body_of(other)


def test_read_together_needs_no_paper(people: People) -> None:
    given = give_leaflet(people.patient, by=people.colleague, how=How.READ_TOGETHER)
    assert given.document is None
    assert not Document.objects.exists()


def test_given_twice_is_printed_once(people: People) -> None:
    first = give_leaflet(people.patient, by=people.colleague)
    second = give_leaflet(people.patient, by=people.treating)
    assert first.pk != second.pk
    assert first.document_id == second.document_id


def test_all_or_nothing(people: People) -> None:
    with pytest.raises(Refused) as refused:
        give_leaflets(
            patient=people.patient,
            leaflets=[COUNTING, "no-such-leaflet.en"],
            how=How.PAPER,
            given_on=timezone.localdate(),
            today=timezone.localdate(),
            by=people.colleague,
        )
    assert "leaflets" in refused.value.errors
    assert not LeafletGiven.objects.exists()
    assert not Document.objects.exists()


def test_an_expired_leaflet_is_refused_with_its_owner(people: People) -> None:
    with pytest.raises(Refused, match=r"review was due by 1 Nov 2028.*Headache nurses"):
        give_leaflet(people.patient, by=people.colleague, today=LATER)
    assert choices_for(people.patient, {}, LATER) == []


def test_not_in_the_future(people: People) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(Refused, match="up to today"):
        give_all(people, given_on=tomorrow)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        LeafletGiven.objects.bulk_create([_bare(people, given_on=tomorrow + datetime.timedelta(days=1))])
    assert "up to today" in readable_refusal(refused.value)


def test_only_with_the_right(people: People) -> None:
    for nobody in (people.stranger, people.auditor, people.manager):
        with pytest.raises(PermissionDenied):
            give_all(people, by=nobody)
    given = give_leaflet(people.patient, by=people.colleague)
    with pytest.raises(PermissionDenied):
        record_understanding(
            given=given, expected_version=1, understanding=Understanding.CLEAR, teach_back="", by=people.stranger
        )


def test_the_same_form_twice_counts_once(people: People) -> None:
    token = "7d6cf2b2-6d7f-4e08-a3a4-9a3a1c1f7d55"
    give_leaflet(people.patient, by=people.colleague, form_token=token)
    with pytest.raises(AlreadySaved):
        give_leaflet(people.patient, by=people.colleague, form_token=token)
    assert LeafletGiven.objects.count() == 1


def test_understanding_is_added_later_and_a_stale_save_is_noticed(people: People) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    record_understanding(
        given=LeafletGiven.objects.get(pk=given.pk),
        expected_version=1,
        understanding=Understanding.PARTLY,
        teach_back="I count all the days.",
        by=people.treating,
    )
    with pytest.raises(StaleSave):
        record_understanding(
            given=given, expected_version=1, understanding=Understanding.CLEAR, teach_back="", by=people.colleague
        )
    saved = LeafletGiven.objects.get(pk=given.pk)
    assert (saved.understanding, saved.version) == (Understanding.PARTLY, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"leaflet_version": 9},
        {"title": "Another"},
        {"given_on": "2020-01-01"},
        {"how": "read_together", "document_id": None},
    ],
)
def test_what_was_given_stays(people: People, change: dict[str, object]) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    with pytest.raises(IntegrityError, match="stays as recorded"), transaction.atomic():
        LeafletGiven.objects.filter(pk=given.pk).update(**change)
    with pytest.raises(IntegrityError, match="stays recorded"), transaction.atomic():
        LeafletGiven.objects.filter(pk=given.pk).delete()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"how": "paper"}, "has a document"),
        ({"how": "by owl"}, "how the leaflet was given"),
        ({"title": ""}, "which leaflet was given"),
        ({"leaflet_version": 0}, "which leaflet was given"),
        ({"understanding": "who knows"}, "what came back"),
        ({"teach_back": "Words"}, "what came back"),
    ],
)
def test_refused_by_the_database(people: People, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        LeafletGiven.objects.bulk_create([_bare(people, **change)])
    assert sentence in readable_refusal(refused.value)


def test_the_document_must_be_the_patients_own_leaflet(people: People, test_kinds: None) -> None:
    from tests.documents import kinds
    from tests.factories.documents import make_document

    assert kinds
    other = Patient.objects.create(given_name="A", family_name="B", date_of_birth=datetime.date(1990, 1, 1))
    foreign = make_document(other, by=TESTS)
    no_leaflet = make_document(people.patient, by=TESTS)
    for document in (foreign, no_leaflet):
        with pytest.raises(IntegrityError, match="leaflet of the same patient"), transaction.atomic():
            LeafletGiven.objects.bulk_create([_bare(people, how=How.PAPER, document=document)])


def test_raw_sql_is_refused_too(people: People) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    with (
        pytest.raises(IntegrityError, match="stays as recorded"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE education_leafletgiven SET title = 'x' WHERE id = %s", [given.pk])


@pytest.fixture
def source() -> Iterator[Callable[[suggestions.Source], suggestions.Source]]:
    before = list(suggestions._sources)
    suggestions._sources.clear()
    yield suggestions.register_suggestions
    suggestions._sources[:] = before


def test_suggested_first_then_new_then_given(
    people: People, source: Callable[[suggestions.Source], suggestions.Source]
) -> None:
    give_leaflet(people.patient, by=people.colleague, key=COUNTING)
    source(lambda _: [suggestions.Suggestion("prescriber-conflict", "another doctor prescribed sumatriptan")])
    choices = choices_for(people.patient, last_given(people.patient), timezone.localdate())
    assert [choice.key for choice in choices] == [PRESCRIBER, DIARY, COUNTING]
    assert [choice.suggested for choice in choices] == [True, False, False]
    assert "suggested: another doctor prescribed sumatriptan" in choices[0].label
    assert "given" in choices[2].label


def _bare(people: People, **fields: object) -> LeafletGiven:
    values = {
        "patient": people.patient,
        "leaflet_code": "keeping-the-diary",
        "leaflet_version": 1,
        "language": "en",
        "title": "Keeping the diary",
        "given_by": people.colleague,
        "given_on": timezone.localdate(),
        "how": How.READ_TOGETHER,
    }
    return LeafletGiven(**{**values, **fields})
