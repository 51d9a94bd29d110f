"""The clinical rules' page is made from the rules, and a stale page is noticed."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_writes_the_page_and_finds_it_up_to_date(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "clinical-rules.md"
    call_command("describe_rules", file=page, verbosity=0)

    assert "### Medication-overuse headache, ICHD-3 8.2" in page.read_text(encoding="utf-8")
    call_command("describe_rules", check=True, file=page)


def test_a_stale_page_fails_the_check_and_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "clinical-rules.md"
    page.write_text("old", encoding="utf-8")

    with pytest.raises(CommandError, match="out of date"):
        call_command("describe_rules", check=True, file=page)
    assert page.read_text(encoding="utf-8") == "old"


def test_a_missing_page_fails_the_check(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="out of date"):
        call_command("describe_rules", check=True, file=tmp_path / "none.md")
    assert not (tmp_path / "none.md").exists()


def test_the_page_in_the_project_is_up_to_date() -> None:
    call_command("describe_rules", check=True)
