"""A reading as bytes, kept between looking at it and taking it, so that what was shown is what is taken."""

import json
import zlib
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from apps.clinical.diary import Relief
from apps.diary.choices import ImportSource, State
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading, ReadIntake
from apps.diary.imports.report import RowNote
from apps.diary.imports.tables.mapping import TableMapping, TableProposal

_DATES = {"day", "first_day", "last_day"}
_MOMENTS = {"started", "ended", "slept_from", "slept_to"}


def packed(reading: Reading) -> bytes:
    """Compressed JSON; what has its usual value is left out."""
    kept = {
        "source": reading.source.value,
        "rows_read": reading.rows_read,
        "merged": reading.merged,
        "days": [_as_dict(day) for day in reading.days],
        "attacks": [_as_dict(attack) for attack in reading.attacks],
        "repeated": [[note.row, storable(note.sentence)] for note in reading.repeated],
        "faults": [[note.row, storable(note.sentence)] for note in reading.faults],
        "remarks": [storable(remark) for remark in reading.remarks],
        "decided": {label: storable(value) for label, value in reading.decided.items()},
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(content: bytes) -> Reading:
    """What `packed` was given. Raises ValueError, KeyError or zlib.error for anything else."""
    kept = json.loads(zlib.decompress(content))
    return Reading(
        source=ImportSource(kept["source"]),
        rows_read=kept["rows_read"],
        merged=kept["merged"],
        days=tuple(ReadDay(**_values(day)) for day in kept["days"]),
        attacks=tuple(ReadAttack(**_values(attack)) for attack in kept["attacks"]),
        repeated=tuple(RowNote(row, sentence) for row, sentence in kept["repeated"]),
        faults=tuple(RowNote(row, sentence) for row, sentence in kept["faults"]),
        remarks=tuple(kept["remarks"]),
        decided=kept["decided"],
    )


def proposal_as_dict(proposal: TableProposal) -> dict[str, Any]:
    """JSON-able; `proposal_from_dict` reads it back."""
    return {
        "headings": [storable(heading) for heading in proposal.headings],
        "sample": [[storable(cell) for cell in row] for row in proposal.sample],
        "rows": proposal.rows,
        "encoding": proposal.encoding,
        "delimiter": proposal.delimiter,
        "sheets": [storable(sheet) for sheet in proposal.sheets],
        "mapping": proposal.mapping.as_dict(),
        "ambiguous": dict(proposal.ambiguous),
    }


def proposal_from_dict(kept: dict[str, Any]) -> TableProposal:
    """Raises KeyError or ValueError when it was not written by `proposal_as_dict`."""
    return TableProposal(
        headings=tuple(kept["headings"]),
        sample=tuple(tuple(row) for row in kept["sample"]),
        rows=kept["rows"],
        encoding=kept["encoding"],
        delimiter=kept["delimiter"],
        sheets=tuple(kept["sheets"]),
        mapping=TableMapping.from_dict(kept["mapping"]),
        ambiguous=kept["ambiguous"],
    )


def _as_dict(record: ReadDay | ReadAttack) -> dict[str, Any]:
    values = ((field, getattr(record, field.name)) for field in fields(record))
    return {field.name: _plain(value) for field, value in values if value != field.default}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, ReadIntake):
        return [storable(value.name), value.doses, value.relief.value if value.relief else None]
    if isinstance(value, State):
        return value.value
    return storable(value) if isinstance(value, str) else value


def storable(text: str) -> str:
    """The text without what PostgreSQL can't hold: the character 0 and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _values(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in kept.items()}


def _value(name: str, value: Any) -> Any:
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    if name == "state":
        return State(value)
    if name == "taken":
        return tuple(ReadIntake(given, doses, Relief(relief) if relief else None) for given, doses, relief in value)
    return tuple(value) if isinstance(value, list) else value
