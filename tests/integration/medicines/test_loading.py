"""The loader: again and again with the same result, and nothing is lost."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.medicines.catalogue.reader import CATALOGUE_FOLDER, CatalogueError
from apps.medicines.models import Medicine
from apps.medicines.services import LOADER, LoadReport, load_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in CATALOGUE_FOLDER.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def rewrite(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new), encoding="utf-8")


def history_of(code: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event.pgh_label, context.metadata ->> 'who' FROM medicines_medicineevent event"
            " JOIN pghistory_context context ON context.id = event.pgh_context_id"
            " WHERE event.code = %s ORDER BY event.pgh_id",
            [code],
        )
        return list(cursor.fetchall())


def test_a_second_load_changes_nothing(medicines_catalogue: LoadReport) -> None:
    again = load_catalogue(by=LOADER)
    assert medicines_catalogue.added == again.unchanged
    assert (again.added, again.changed, again.withdrawn) == ((), (), ())
    assert history_of("propranolol") == [("insert", "process: medicines catalogue")]


def test_a_changed_row_is_changed_and_kept_in_the_history(medicines_catalogue: LoadReport, folder: Path) -> None:
    before = Medicine.objects.get(code="melatonin")
    rewrite(folder / "oral_preventives.csv", "Gonçalves 2016", "Gonçalves 2016 table 2")
    report = load_catalogue(by=LOADER, folder=folder)
    after = Medicine.objects.get(code="melatonin")
    assert report.changed == ("melatonin",)
    assert (after.pk, after.source) == (before.pk, "Gonçalves 2016 table 2")
    assert [label for label, _ in history_of("melatonin")] == ["insert", "update"]


def test_a_removed_row_is_withdrawn_and_comes_back(medicines_catalogue: LoadReport, folder: Path) -> None:
    (folder / "botulinumtoxin.csv").unlink()
    assert load_catalogue(by=LOADER, folder=folder).withdrawn == ("onabotulinumtoxina",)
    assert load_catalogue(by=LOADER, folder=folder).withdrawn == ()
    assert Medicine.objects.get(code="onabotulinumtoxina").active is False
    assert load_catalogue(by=LOADER).changed == ("onabotulinumtoxina",)
    assert Medicine.objects.get(code="onabotulinumtoxina").active is True


def test_one_bad_cell_leaves_everything_as_it_was(medicines_catalogue: LoadReport, folder: Path) -> None:
    rewrite(folder / "oral_preventives.csv", "Gonçalves 2016", "Another source")
    rewrite(folder / "opioids.csv", "morphine,morphine", "Morphine!,morphine")
    with pytest.raises(CatalogueError, match=r"opioids\.csv, line 2: code"):
        load_catalogue(by=LOADER, folder=folder)
    assert Medicine.objects.get(code="melatonin").source == "Gonçalves 2016"


def test_a_load_without_an_author_is_refused() -> None:
    with pytest.raises(TypeError, match="needs by="):
        load_catalogue()  # type: ignore[call-arg]


def test_the_command_reports_and_can_run_again() -> None:
    first, second = StringIO(), StringIO()
    call_command("load_medicines", stdout=first)
    call_command("load_medicines", stdout=second)
    count = Medicine.objects.count()
    assert f"Medicines: {count} added, 0 changed, 0 unchanged, 0 withdrawn." in first.getvalue()
    assert second.getvalue() == f"Medicines: 0 added, 0 changed, {count} unchanged, 0 withdrawn.\n"


def test_the_command_names_every_fault_and_writes_nothing(folder: Path) -> None:
    rewrite(folder / "opioids.csv", "morphine,morphine", "Morphine!,morphine")
    with pytest.raises(CommandError, match=r"Nothing was loaded\. 1 to mend:\nopioids\.csv, line 2: code"):
        call_command("load_medicines", folder=folder)
    assert not Medicine.objects.exists()


def test_check_reads_without_writing() -> None:
    out = StringIO()
    call_command("load_medicines", check=True, stdout=out)
    assert "no fault found" in out.getvalue()
    assert not Medicine.objects.exists()
