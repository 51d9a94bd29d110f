"""Reads leaflets: one Markdown file each, with a head that says who answers for it and until when.

A file is called `<code>.<language>.md`. Its head stands between two lines of three hyphens, one `key: value` a line;
`source` may come several times. See `Leaflet` for what they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from apps.education.markup import MarkupError, html_of

LEAFLETS_FOLDER: Final = Path(__file__).parent / "leaflets"
# A leaflet is looked at again at least every 24 months; two leap days may lie in between.
LONGEST_LIFE: Final = timedelta(days=2 * 365 + 2)

_FILE_NAME = re.compile(r"(?P<code>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[a-z]{2,3})\.md")
_REQUIRED: Final = ("title", "language", "version", "owner", "written_on", "review_by", "reading_grade", "source")
_OPTIONAL: Final = ("suggested_by", "names_prescriber")
_YES_NO: Final = {"yes": True, "no": False}


class LeafletError(Exception):
    """What is wrong with the leaflets, all of it, each fault with file and line."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Leaflet:
    """One leaflet in one language.

    `html` is its text as safe HTML that begins below heading level 1; `reading_grade` is its Flesch-Kincaid grade
    (school years); `suggested_by` names the findings that make it worth giving; `names_prescriber` asks for the
    patient's prescriber to be named on it. It may be printed up to and including `review_by`.
    """

    code: str
    language: str
    title: str
    version: int
    owner: str
    written_on: date
    review_by: date
    reading_grade: float
    sources: tuple[str, ...]
    suggested_by: tuple[str, ...]
    names_prescriber: bool
    html: str

    @property
    def key(self) -> str:
        """Code and language together, the leaflet's name in forms and addresses."""
        return f"{self.code}.{self.language}"

    def expired_on(self, day: date) -> bool:
        """Whether the review is overdue on a day; then it must not be handed out."""
        return day > self.review_by


def read_leaflets(folder: Path = LEAFLETS_FOLDER) -> tuple[Leaflet, ...]:
    """All leaflets of a folder in the order of their titles.

    Raises LeafletError with every fault of every file.
    """
    faults: list[str] = []
    leaflets: list[Leaflet] = []
    for path in sorted(folder.glob("*.md")):
        try:
            leaflets.append(read_leaflet(path))
        except LeafletError as error:
            faults += error.faults
    if faults:
        raise LeafletError(faults)
    return tuple(sorted(leaflets, key=lambda leaflet: (leaflet.title, leaflet.language)))


def read_leaflet(path: Path) -> Leaflet:
    """One leaflet. Raises LeafletError with every fault of the file."""
    head, first_line, text = _split(path)
    faults = list(_head_faults(path, head))
    html = ""
    try:
        html = html_of(text)
    except MarkupError as error:
        faults.append(f"{path.name}:{first_line + error.line - 1}: {error}")
    if not text.strip():
        faults.append(f"{path.name}:{first_line}: the leaflet has no text")
    if faults:
        raise LeafletError(faults)
    return _leaflet(path, {key: [value for _, value in lines] for key, lines in head.items()}, html)


Head = dict[str, list[tuple[int, str]]]


def _split(path: Path) -> tuple[Head, int, str]:
    """(head by key with line numbers, number of the text's first line, text)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    ends = [number for number, line in enumerate(lines) if line.strip() == "---"]
    if not lines or ends[:1] != [0] or len(ends) < 2:
        raise LeafletError([f"{path.name}:1: begin with a head between two lines of three hyphens"])
    head: Head = {}
    faults = []
    for number, line in enumerate(lines[1 : ends[1]], start=2):
        key, colon, value = line.partition(":")
        if not colon or not value.strip():
            faults.append(f"{path.name}:{number}: write “key: value”, not “{line.strip()}”")
        head.setdefault(key.strip(), []).append((number, value.strip()))
    if faults:
        raise LeafletError(faults)
    return head, ends[1] + 2, "\n".join(lines[ends[1] + 1 :])


def _head_faults(path: Path, head: Head) -> Iterator[str]:
    name = _FILE_NAME.fullmatch(path.name)
    if name is None:
        yield f"{path.name}:1: call the file <code>.<language>.md in small letters, digits and hyphens"
    for key in _REQUIRED:
        if key not in head:
            yield f"{path.name}:1: “{key}” is missing"
    for key, lines in head.items():
        if key not in _REQUIRED + _OPTIONAL:
            yield f"{path.name}:{lines[0][0]}: there is no key “{key}”"
        elif len(lines) > 1 and key != "source":
            yield f"{path.name}:{lines[1][0]}: “{key}” stands here twice"
        for number, value in lines:
            if sentence := _value_fault(key, value):
                yield f"{path.name}:{number}: {sentence}"
    if name and "language" in head and head["language"][0][1] != name["language"]:
        yield f"{path.name}:{head['language'][0][0]}: the file's name says language “{name['language']}”"
    yield from _life_faults(path, head)


def _life_faults(path: Path, head: Head) -> Iterator[str]:
    if not {"written_on", "review_by"} <= head.keys():
        return
    number, last = head["review_by"][0]
    first_day, last_day = _day(head["written_on"][0][1]), _day(last)
    if first_day and last_day and not first_day < last_day <= first_day + LONGEST_LIFE:
        yield f"{path.name}:{number}: review_by must be within 24 months after written_on"


def _value_fault(key: str, value: str) -> str:
    if key in ("written_on", "review_by") and _day(value) is None:
        return f"“{key}” is a date like 2026-11-22"
    if key == "version" and not re.fullmatch(r"[1-9]\d{0,3}", value):
        return "“version” is a whole number from 1"
    if key == "reading_grade" and not re.fullmatch(r"\d{1,2}(\.\d)?", value):
        return "“reading_grade” is a number like 6.4"
    if key == "names_prescriber" and value not in _YES_NO:
        return "“names_prescriber” is yes or no"
    if key == "title" and len(value) > 120:
        return "“title” has at most 120 characters"
    return ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _leaflet(path: Path, values: dict[str, list[str]], html: str) -> Leaflet:
    one = {key: entries[0] for key, entries in values.items()}
    findings = [finding.strip() for finding in one.get("suggested_by", "").split(",")]
    return Leaflet(
        code=path.name.split(".")[0],
        language=one["language"],
        title=one["title"],
        version=int(one["version"]),
        owner=one["owner"],
        written_on=date.fromisoformat(one["written_on"]),
        review_by=date.fromisoformat(one["review_by"]),
        reading_grade=float(one["reading_grade"]),
        sources=tuple(values["source"]),
        suggested_by=tuple(finding for finding in findings if finding),
        names_prescriber=_YES_NO[one.get("names_prescriber", "no")],
        html=html,
    )
