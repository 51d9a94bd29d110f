"""Workers and the sweep: claims, signs of life, what a dead process leaves behind, pieces read as one file."""

import os
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from apps.accounts.models import User
from apps.core import jobs as broker
from apps.diary import jobs, reading, sweeping
from apps.diary.import_choices import FileState, Overlap
from apps.diary.models import DiaryFile, DiaryFilePart
from apps.diary.models.file import PART_BYTES
from apps.diary.parts import open_parts
from apps.diary.services import choose_columns, confirm_file
from apps.diary.tasks import read_file, sweep_files
from apps.patients.models import Patient
from tests.factories.diary_files import read_in, upload
from tests.factories.diary_files import reading as a_reading

pytestmark = pytest.mark.django_db

TABLE = b"Date;Headache\n2026-10-05;2\n"


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What a broker was given: task and id."""
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(broker.current_app, "send_task", lambda name, args, connection: given.append((name, args[0])))
    return given


@pytest.fixture
def file(patient: Patient, colleague: User) -> DiaryFile:
    return upload(patient, colleague, TABLE)


def now_of(file: DiaryFile) -> DiaryFile:
    return DiaryFile.objects.get(pk=file.pk)


def silent(file: DiaryFile, **fields: Any) -> DiaryFile:
    """The file in the hands of a process that was last heard of long ago."""
    claimed = jobs.claim(file_id=file.pk, waiting=FileState(now_of(file).state), by=jobs.WORKER)
    assert claimed is not None
    long_ago = timezone.now() - timedelta(minutes=10)
    DiaryFile.objects.filter(pk=file.pk).update(**{"heartbeat_at": long_ago, **fields})
    return claimed


def test_pieces_are_read_and_sought_as_one_file(patient: Patient, colleague: User) -> None:
    content = os.urandom(PART_BYTES * 2 + 1234)
    file = upload(patient, colleague, content)
    with open_parts(file) as stream:
        assert stream.read() == content
        assert stream.read(10) == b""
        for position in (0, PART_BYTES - 5, PART_BYTES, 2 * PART_BYTES + 1200):
            stream.seek(position)
            assert stream.read(100) == content[position : position + 100]
        assert stream.seek(-10, os.SEEK_END) == len(content) - 10
        assert stream.read() == content[-10:]
        with pytest.raises(OSError, match="before its beginning"):
            stream.raw.seek(-1)
    DiaryFilePart.objects.filter(number=1).delete()
    with open_parts(file) as stream, pytest.raises(OSError, match="missing"):
        stream.read()


def test_what_another_process_reads_is_left_alone(file: DiaryFile) -> None:
    assert jobs.claim(file_id=file.pk, waiting=FileState.WAITING, by=jobs.WORKER) is not None
    assert jobs.claim(file_id=file.pk, waiting=FileState.WAITING, by=jobs.WORKER) is None
    read_file(str(file.pk))
    assert now_of(file).state == FileState.READING


def test_a_process_that_was_given_up_can_not_put_its_reading_down(file: DiaryFile) -> None:
    claimed = silent(file)
    assert sweeping.sweep().given_back == 1
    assert jobs.hand_back(claimed, FileState.READ) is False
    assert jobs.give_up(file=claimed, sentence="Late.", by=jobs.WORKER) is False
    assert now_of(file).state == FileState.WAITING
    assert DiaryFilePart.objects.exists()


def test_sweep_gives_back_and_gives_up_after_three(file: DiaryFile, offered: list[tuple[str, str]]) -> None:
    silent(file)
    sweep_files()
    assert offered == [(jobs.READ_TASK, str(file.pk))]
    silent(file, tries=sweeping.MOST_TRIES)
    assert sweeping.sweep().given_up == 1
    assert "stopped three times" in now_of(file).failure_text


def test_sweep_leaves_living_work_and_what_waits_for_people_alone(
    patient: Patient, colleague: User, file: DiaryFile, offered: list[tuple[str, str]]
) -> None:
    jobs.claim(file_id=file.pk, waiting=FileState.WAITING, by=jobs.WORKER)
    read_in(patient, colleague, a_reading())
    assert sweeping.sweep() == sweeping.SweepReport()


def test_sweep_offers_again_what_the_broker_forgot(
    patient: Patient, colleague: User, offered: list[tuple[str, str]]
) -> None:
    file = read_in(patient, colleague, a_reading())
    confirm_file(file=file, overlap=Overlap.KEEP, by=colleague)
    DiaryFile.objects.filter(pk=file.pk).update(offered_at=None)
    assert sweeping.sweep().offered == 1
    assert sweeping.sweep().offered == 0
    assert offered == [(jobs.TAKE_TASK, str(file.pk))]


def test_a_broker_that_is_away_is_noted(file: DiaryFile) -> None:
    assert jobs.offer(file.pk, FileState.WAITING) is False
    assert now_of(file).offered_at is None
    assert sweeping.sweep().offered == 0


def test_what_nobody_confirmed_is_thrown_away_after_a_day(
    patient: Patient, colleague: User, offered: list[tuple[str, str]], settings: Settings
) -> None:
    file = read_in(patient, colleague, a_reading())
    waiting = upload(patient, colleague, TABLE)
    old = timezone.now() - timedelta(hours=settings.DIARY_IMPORT_KEPT_HOURS, minutes=1)
    DiaryFile.objects.update(moved_at=old)
    assert sweeping.sweep().thrown_away == 1
    assert now_of(file).state == FileState.DISCARDED
    assert DiaryFile.objects.filter(pk=file.pk, reading__isnull=True).exists()
    assert list(DiaryFilePart.objects.values_list("file", flat=True)) == [waiting.pk], "what waits is still read"


def test_signs_of_life_and_progress_are_written_while_it_works(
    file: DiaryFile, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    claimed = jobs.claim(file_id=file.pk, waiting=FileState.WAITING, by=jobs.WORKER)
    assert claimed is not None
    written: list[int] = []
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(
        jobs,
        "mine",
        lambda _: type("Row", (), {"update": staticmethod(lambda **fields: written.append(fields["progress"]))}),
    )
    with jobs.working(claimed) as meter:
        meter(250)
        deadline = time.monotonic() + 5
        while not written and time.monotonic() < deadline:
            time.sleep(0.01)
    assert written[-1] == 100


@pytest.mark.parametrize("error", [MemoryError, RuntimeError])
def test_an_unexpected_error_is_a_failure_with_a_sentence(
    file: DiaryFile, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(reading, "recognise", fail)
    read_file(str(file.pk))
    assert now_of(file).failure_text == reading.WENT_WRONG
    assert not DiaryFilePart.objects.exists()


def test_a_table_that_can_not_be_read_keeps_its_contents_for_other_columns(file: DiaryFile, colleague: User) -> None:
    from apps.diary.imports.reading import DateOrder, Role
    from apps.diary.selectors.files import proposal_of

    read_file(str(file.pk))
    proposal = proposal_of(file)
    assert proposal is not None
    mapping = type(proposal.mapping)(roles={"Headache": Role.DATE}, date_order=DateOrder.DAY_FIRST)
    choose_columns(file=now_of(file), headings=proposal.headings, mapping=mapping, by=colleague)
    read_file(str(file.pk))
    if now_of(file).state == FileState.FAILED:
        assert DiaryFilePart.objects.exists()
    choose_columns(file=now_of(file), headings=proposal.headings, mapping=proposal.mapping, by=colleague)
    assert now_of(file).failure_text == ""
    read_file(str(file.pk))
    assert now_of(file).state == FileState.READ
