"""Leaflet files: read whole, or refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from apps.education.checks import leaflets_are_whole
from apps.education.markup import MarkupError, html_of, safe
from apps.education.reader import LeafletError, read_leaflet, read_leaflets

HEAD = {
    "title": "A leaflet",
    "language": "en",
    "version": "2",
    "owner": "Headache nurses",
    "written_on": "2026-11-22",
    "review_by": "2028-11-01",
    "reading_grade": "5.1",
    "suggested_by": "one-finding, another-finding",
    "source": "A book",
}
TEXT = "Some text.\n\n## A heading\n\n- one\n- **two**\n"


def written(folder: Path, *, name: str = "a-leaflet.en.md", text: str = TEXT, **changes: str | None) -> Path:
    head = {key: value for key, value in {**HEAD, **changes}.items() if value is not None}
    lines = [f"{key}: {value}" for key, value in head.items()]
    path = folder / name
    path.write_text("\n".join(["---", *lines, "---", text]), encoding="utf-8")
    return path


def faults_of(path: Path) -> str:
    with pytest.raises(LeafletError) as refused:
        read_leaflet(path)
    return str(refused.value)


def test_a_whole_leaflet(tmp_path: Path) -> None:
    leaflet = read_leaflet(written(tmp_path))
    assert (leaflet.key, leaflet.version, leaflet.sources) == ("a-leaflet.en", 2, ("A book",))
    assert leaflet.suggested_by == ("one-finding", "another-finding")
    assert leaflet.reading_grade == 5.1
    assert "<h2>A heading</h2>" in leaflet.html
    assert "<strong>two</strong>" in leaflet.html


def test_several_sources(tmp_path: Path) -> None:
    path = written(tmp_path, source="First: with a colon\nsource: Second")
    assert read_leaflet(path).sources == ("First: with a colon", "Second")


def test_usable_up_to_and_including_the_day_of_review(tmp_path: Path) -> None:
    leaflet = read_leaflet(written(tmp_path))
    assert not leaflet.expired_on(date(2028, 10, 31))
    assert not leaflet.expired_on(date(2028, 11, 1))
    assert leaflet.expired_on(date(2028, 11, 2))


@pytest.mark.parametrize("key", ["title", "language", "version", "owner", "written_on", "review_by", "source"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    assert f"a-leaflet.en.md:1: “{key}” is missing" in faults_of(written(tmp_path, **{key: None}))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"titel": "x"}, ":11: there is no key “titel”"),
        ({"version": "0"}, ":4: “version” is a whole number from 1"),
        ({"version": "1.5"}, ":4: “version” is a whole number from 1"),
        ({"written_on": "22.11.2026"}, ":6: “written_on” is a date like 2026-11-22"),
        ({"review_by": "2026-02-30"}, ":7: “review_by” is a date like 2026-11-22"),
        ({"review_by": "2028-11-25"}, ":7: review_by must be within 24 months"),
        ({"review_by": "2026-11-22"}, ":7: review_by must be within 24 months"),
        ({"reading_grade": "easy"}, ":8: “reading_grade” is a number like 6.4"),
        ({"names_prescriber": "maybe"}, ":11: “names_prescriber” is yes or no"),
        ({"language": "es"}, ":3: the file's name says language “en”"),
        ({"owner": "One\nowner: Two"}, ":6: “owner” stands here twice"),
        ({"title": "x" * 121}, ":2: “title” has at most 120 characters"),
        ({"title": ""}, ":2: write “key: value”"),
        ({"text": "  \n"}, ":12: the leaflet has no text"),
        ({"text": "Fine.\n\n![x](https://example.org/x.png)"}, ":14: “img” is not allowed"),
        ({"text": "Fine.\n\n[x](https://example.org)"}, ":14: “a” is not allowed"),
        ({"text": "Fine.\n<script>alert(1)</script>"}, ":13: “script” is not allowed"),
        ({"text": "# Too high"}, ":12: “h1” is not allowed"),
        ({"name": "A leaflet.en.md"}, ":1: call the file"),
    ],
)
def test_each_fault_is_named_with_file_and_line(tmp_path: Path, changes: dict[str, str], fault: str) -> None:
    path = written(tmp_path, **changes)  # type: ignore[arg-type]
    assert f"{path.name}{fault}" in faults_of(path)


def test_a_file_without_head(tmp_path: Path) -> None:
    path = tmp_path / "x.en.md"
    for text in ("", "Just text", "---\ntitle: x\n"):
        path.write_text(text)
        assert "x.en.md:1: begin with a head" in faults_of(path)


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    written(tmp_path, name="a.en.md", version="x", owner=None)
    written(tmp_path, name="b.en.md", text="<b>bold</b>")
    with pytest.raises(LeafletError) as refused:
        read_leaflets(tmp_path)
    assert [fault.split(":")[0] for fault in refused.value.faults] == ["a.en.md", "a.en.md", "b.en.md"]


def test_the_check_shows_the_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise LeafletError(["a.en.md:1: something"])

    monkeypatch.setattr("apps.education.checks.read_leaflets", refuse)
    assert [(message.id, message.msg) for message in leaflets_are_whole(None)] == [
        ("education.E001", "a.en.md:1: something")
    ]


def test_stored_text_is_made_safe_again() -> None:
    assert safe('<p onclick="x()">a<img src="y"><script>z</script></p>') == "<p>a</p>"
    with pytest.raises(MarkupError):
        html_of("<p onclick='x()'>a</p><iframe></iframe>")
