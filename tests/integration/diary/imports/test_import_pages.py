"""The pages of an import: who may, what is refused and how, what is streamed, what is shown."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from apps.accounts.models import User
from apps.diary.choices import ImportSource, State
from apps.diary.import_choices import FileState, Overlap
from apps.diary.models import ColumnMapping, DiaryDay, DiaryFile, DiaryFilePart, MedicineName
from apps.diary.models.file import PART_BYTES
from apps.diary.tasks import read_file, take_file
from apps.patients.models import Patient
from tests.factories import migraine_buddy
from tests.factories.diary import make_acute_medicine, no_headache, record
from tests.factories.diary_files import attack, bring_in, known_names, read_in, reading, said, upload
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 5)
TABLE = b"Date;Headache;Tablets\n2026-10-05;2;rizatriptan\n2026-10-06;0;\n"


@pytest.fixture
def nurse(people: People, client_of: Callable[[User], Client]) -> Client:
    known_names(people.patient, people.colleague)
    return client_of(people.colleague)


def address(patient: Patient, file: DiaryFile | None = None, ending: str = "") -> str:
    return f"/patients/{patient.pk}/diary/imports/" + (f"{file.pk}/{ending}" if file else "")


def send(client: Client, patient: Patient, content: bytes, name: str = "diary.csv") -> HttpResponse:
    return client.post(address(patient), {"file": SimpleUploadedFile(name, content)})


def text(response: HttpResponse) -> str:
    return response.content.decode()


# --- upload ---------------------------------------------------------------------------------------------------------


def test_a_file_arrives_in_pieces_and_waits(people: People, nurse: Client) -> None:
    content = bytes(range(256)) * 4096 * 2 + b"the rest"
    response = send(nurse, people.patient, content, "héadache\x00 diary.csv")
    file = DiaryFile.objects.get()
    assert (response.status_code, response.url) == (302, address(people.patient, file))
    assert (file.state, file.size, file.created_by) == (FileState.WAITING, len(content), people.colleague)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    parts = [bytes(part.content) for part in DiaryFilePart.objects.order_by("number")]
    assert [len(part) for part in parts] == [PART_BYTES, PART_BYTES, 8]
    assert b"".join(parts) == content
    assert "\x00" not in file.name


def test_the_same_upload_twice_is_one_file(people: People, nurse: Client) -> None:
    first = send(nurse, people.patient, TABLE)
    assert send(nurse, people.patient, TABLE, "again.csv").url == first.url
    assert (DiaryFile.objects.count(), DiaryFilePart.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "Choose the diary file first."), (b"", "This file is empty. Export it again")],
    ids=["no file", "empty file"],
)
def test_without_contents_nothing_is_kept(people: People, nurse: Client, content: bytes | None, sentence: str) -> None:
    data = {} if content is None else {"file": SimpleUploadedFile("diary.csv", content)}
    response = nurse.post(address(people.patient), data)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not DiaryFile.objects.exists()


def test_a_file_that_is_too_large_is_refused_and_forgotten(people: People, nurse: Client, settings: Settings) -> None:
    settings.DIARY_IMPORT_LARGEST_MB = 1
    response = send(nurse, people.patient, b"x" * (PART_BYTES + 1))
    assert response.status_code == 422
    assert "more than 1 MB" in text(response)
    assert not DiaryFile.objects.exists()
    assert not DiaryFilePart.objects.exists()
    assert send(nurse, people.patient, b"x" * PART_BYTES).status_code == 302


def test_only_the_field_of_the_form_is_kept_and_once(people: People, nurse: Client) -> None:
    files = [SimpleUploadedFile("a.csv", b"one"), SimpleUploadedFile("b.csv", b"two")]
    nurse.post(address(people.patient), {"file": files, "other": SimpleUploadedFile("c.csv", b"three")})
    assert [bytes(part.content) for part in DiaryFilePart.objects.all()] == [b"one"]


def test_an_upload_without_its_csrf_token_leaves_nothing(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.colleague)
    assert send(client, people.patient, TABLE).status_code == 403
    assert not DiaryFile.objects.exists()
    page = text(client.get(address(people.patient)))
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = {"file": SimpleUploadedFile("diary.csv", TABLE), "csrfmiddlewaretoken": token}
    assert client.post(address(people.patient), data).status_code == 302


def test_who_may_not_edit_the_diary_uploads_nothing(people: People, client_of: Callable[[User], Client]) -> None:
    for user, status in ((people.stranger, 404), (people.manager, 403)):
        assert send(client_of(user), people.patient, TABLE).status_code == status
    assert not DiaryFile.objects.exists()


def test_a_file_of_another_patient_is_not_found(people: People, nurse: Client) -> None:
    other = Patient.objects.create(given_name="Sol", family_name="Vega", date_of_birth=date(1990, 1, 1))
    file = DiaryFile.objects.create(
        patient=other, name="theirs", state=FileState.WAITING, moved_at="2026-11-22T12:00Z", size=1, sha256="0" * 64
    )
    for ending in ("", "state", "columns", "names", "undo"):
        assert nurse.get(address(people.patient, file, ending)).status_code == 404
    for ending in ("discard", "sheet"):
        assert nurse.post(address(people.patient, file, ending)).status_code == 404


# --- on its way -----------------------------------------------------------------------------------------------------


def test_the_page_asks_again_until_somebody_has_to_go_on(
    people: People, nurse: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = upload(people.patient, people.colleague, TABLE)
    page = text(nurse.get(address(people.patient, file)))
    assert 'hx-trigger="every 2s"' in page
    assert "be reached at the moment. Nothing is lost" in page, "there is no broker in this test"
    read_file(str(file.pk))
    answer = nurse.get(address(people.patient, file, "state"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address(people.patient, file)
    assert nurse.get(address(people.patient, file)).url == address(people.patient, file, "columns")


def test_a_list_asks_no_more_for_many_files_than_for_one(
    people: People, nurse: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        upload(people.patient, people.colleague, f"file {number}".encode(), f"file {number}.csv")
    bring_in(people.patient, people.colleague, reading(attack(1, DAY)))
    nurse.get(address(people.patient))
    with django_assert_max_num_queries(21):
        page = nurse.get(address(people.patient))
    assert text(page).count("file 3.csv") == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "picture"),
        (b"\x00" * 5000, "not text"),
    ],
    ids=["pdf", "png", "jpeg", "zeros"],
)
def test_what_is_no_diary_is_refused_in_a_sentence(
    people: People, nurse: Client, content: bytes, sentence: str
) -> None:
    file = upload(people.patient, people.colleague, content)
    read_file(str(file.pk))
    file.refresh_from_db()
    assert file.state == FileState.FAILED
    assert sentence.lower() in file.failure_text.lower()
    assert "Nothing was taken from this file" in text(nurse.get(address(people.patient, file)))
    assert not DiaryFilePart.objects.exists()


# --- columns and names ----------------------------------------------------------------------------------------------


def choose(client: Client, patient: Patient, file: DiaryFile, **answers: str) -> HttpResponse:
    sent = {"column-0": "date", "column-1": "headache", "column-2": "medicine", "headache_scale": "0-3"}
    return client.post(address(patient, file, "columns"), sent | {"date_order": "year_first"} | answers)


def test_columns_are_confirmed_remembered_and_still_shown(people: People, nurse: Client) -> None:
    file = upload(people.patient, people.colleague, TABLE)
    read_file(str(file.pk))
    assert choose(nurse, people.patient, file).status_code == 302
    read_file(str(file.pk))
    file.refresh_from_db()
    assert (file.state, file.source) == (FileState.READ, ImportSource.TABLE), file.failure_text
    assert ColumnMapping.objects.get().decided_by == people.colleague
    again = upload(people.patient, people.colleague, TABLE + b"2026-10-07;1;\n")
    read_file(str(again.pk))
    page = text(nurse.get(address(people.patient, again, "columns")))
    assert "Known from an earlier file" in page
    assert '<option value="medicine" selected>' in page
    choose(nurse, people.patient, again, **{"column-2": "note"})
    assert ColumnMapping.objects.get().mapping["roles"]["Tablets"] == "note", "corrected, not doubled"


def test_columns_that_make_no_sense_are_refused_and_kept_as_typed(people: People, nurse: Client) -> None:
    file = upload(people.patient, people.colleague, TABLE)
    read_file(str(file.pk))
    response = choose(nurse, people.patient, file, **{"column-0": "note"})
    assert response.status_code == 422
    assert "Choose which column holds the date" in text(response)
    assert '<option value="note" selected>' in text(response)
    assert choose(nurse, people.patient, file, **{"column-1": "nonsense"}).status_code == 422
    file.refresh_from_db()
    assert file.state == FileState.COLUMNS


def test_names_are_decided_for_the_patient_or_for_all(people: People, nurse: Client) -> None:
    file = read_in(people.patient, people.colleague, reading(attack(1, DAY, None, "Blue tablet", "rizatriptan")))
    assert nurse.get(address(people.patient, file)).url == address(people.patient, file, "names")
    page = text(nurse.get(address(people.patient, file, "names")))
    assert "1 name" in page
    field = page.split('<select name="name-')[1].split('"')[0]
    empty = nurse.post(address(people.patient, file, "names"), {f"name-{field}": ""})
    assert empty.status_code == 422
    assert "Choose what “Blue tablet” stands for." in text(empty)
    answers = {f"name-{field}": "medicine:ibuprofen", f"clinic-{field}": "on"}
    assert nurse.post(address(people.patient, file, "names"), answers).status_code == 302
    decision = MedicineName.objects.get(name="Blue tablet")
    assert (decision.patient, decision.decided_by) == (None, people.colleague)
    preview = text(nurse.get(address(people.patient, file)))
    assert "Check before it is recorded" in preview
    assert "the catalogue has exactly this name" in preview
    assert "for every patient" in preview


def test_a_name_that_was_decided_can_be_corrected(people: People, nurse: Client, treating: User) -> None:
    file = read_in(people.patient, people.colleague, reading(attack(1, DAY, None, "Maxalt")))
    page = text(nurse.get(address(people.patient, file, "names")))
    field = page.split('<select name="name-')[1].split('"')[0]
    nurse.post(address(people.patient, file, "names"), {f"name-{field}": "medicine:rizatriptan"})
    assert MedicineName.objects.get(name="Maxalt").version == 1, "left as it was"
    nurse.post(address(people.patient, file, "names"), {f"name-{field}": "not_acute"})
    decision = MedicineName.objects.get(name="Maxalt")
    assert (decision.meaning, decision.medicine, decision.version) == ("not_acute", None, 2)


# --- preview, confirm, undo -----------------------------------------------------------------------------------------


def test_the_preview_shows_each_day_that_differs_and_what_will_happen(people: People, nurse: Client) -> None:
    bring_in(people.patient, people.colleague, reading(said(1, DAY, severity=1)))
    record(people.patient, no_headache(DAY + timedelta(days=1)))
    found = reading(said(1, DAY, severity=3), said(2, DAY + timedelta(days=1)), said(3, DAY + timedelta(days=2)))
    file = read_in(people.patient, people.colleague, found)
    page = text(nurse.get(address(people.patient, file)))
    assert "mild headache" in page
    assert "severe headache" in page
    assert page.count("stays as recorded") == 2
    replacing = text(nurse.get(address(people.patient, file) + "?overlap=replace"))
    assert (replacing.count("stays as recorded"), replacing.count("the file replaces it")) == (1, 1)
    assert nurse.get(address(people.patient, file) + "?overlap=nonsense").status_code == 200
    assert DiaryDay.objects.count() == 2, "nothing is written by looking"


def test_who_it_is_has_to_be_confirmed(people: People, nurse: Client) -> None:
    file = read_in(people.patient, people.colleague, reading(attack(1, DAY)))
    response = nurse.post(address(people.patient, file), {"overlap": "replace"})
    assert response.status_code == 422
    assert f"this is the diary of {people.patient}" in text(response)
    assert 'name="overlap" value="replace"' in text(response)
    sent = {"overlap": "replace", "is_theirs": "on"}
    assert nurse.post(address(people.patient, file), sent).status_code == 302
    assert nurse.post(address(people.patient, file), sent).status_code == 302, "a double click"
    take_file(str(file.pk))
    file.refresh_from_db()
    assert (file.state, file.overlap) == (FileState.IMPORTED, Overlap.REPLACE)


def test_a_file_that_was_imported_before_says_when_and_by_whom(people: People, nurse: Client) -> None:
    found = reading(attack(1, DAY))
    bring_in(people.patient, people.colleague, found)
    again = read_in(people.patient, people.colleague, found)
    page = text(nurse.get(address(people.patient, again)))
    assert "This file was imported before" in page
    assert "Nothing in this file is new" in page


def test_result_undo_and_discard(people: People, nurse: Client) -> None:
    file = bring_in(people.patient, people.colleague, reading(attack(1, DAY), said(2, DAY, State.NONE)))
    page = text(nurse.get(address(people.patient, file)))
    assert "contradict each other" in page
    assert "Take this import back" in page
    DiaryDay.objects.filter(patient=people.patient).update(version=2)
    assert "somebody changed" not in text(nurse.get(address(people.patient, file, "undo"))), "nothing came in"
    assert nurse.post(address(people.patient, file, "undo")).url == address(people.patient, file)
    assert "Taken back by Nurse Tom Reed" in text(nurse.get(address(people.patient, file)))
    assert nurse.get(address(people.patient, file, "undo")).status_code == 302
    assert nurse.post(address(people.patient, file, "undo")).status_code == 302
    waiting = upload(people.patient, people.colleague, TABLE)
    assert nurse.post(address(people.patient, waiting, "discard")).url == address(people.patient)
    assert "was discarded" in text(nurse.get(address(people.patient)))
    assert not DiaryFilePart.objects.exists()
    assert nurse.get(address(people.patient, waiting)).status_code == 200
    assert nurse.post(address(people.patient, waiting, "discard")).status_code == 302


def test_a_whole_file_of_migraine_buddy(people: People, nurse: Client) -> None:
    from datetime import UTC, datetime

    make_acute_medicine("rizatriptan")
    lines = [migraine_buddy.line(n, datetime(2026, 10, n, 14, tzinfo=UTC), pain="7") for n in range(1, 6)]
    send(nurse, people.patient, migraine_buddy.export(lines), "buddy.csv")
    file = DiaryFile.objects.get()
    read_file(str(file.pk))
    assert "Check before it is recorded" in text(nurse.get(address(people.patient, file)))
    nurse.post(address(people.patient, file), {"overlap": "keep", "is_theirs": "on"})
    take_file(str(file.pk))
    file = DiaryFile.objects.select_related("batch").get(pk=file.pk)
    assert file.batch is not None
    assert (file.batch.rows_read, file.batch.rows_imported) == (5, 5)
    assert DiaryDay.objects.filter(patient=people.patient, state=State.HEADACHE).count() == 5
