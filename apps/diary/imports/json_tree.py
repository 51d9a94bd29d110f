"""Reads a JSON file within limits and takes values out of it without trusting their kind."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.parsed import FileRefused
from apps.diary.imports.text import CODECS, decide_encoding
from apps.diary.imports.times import moved_to
from apps.diary.imports.words import quoted

# Ten years of several entries a day have about 8 MB.
MOST_BYTES: Final = 16 * MEBIBYTE
# Lists and objects; each costs a few hundred bytes of memory however small it is in the file.
MOST_NODES: Final = 500_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class EntryFault(Exception):
    """The entry can't be taken; the message says why."""


def read_tree(file: BinaryIO) -> Any:
    """The whole file as Python values. Raises FileRefused when it is too large, too deep or no JSON."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileRefused(f"The file is larger than {MOST_BYTES // MEBIBYTE} MB, which is the limit for JSON.")
    if content.count(b"{") + content.count(b"[") > MOST_NODES:
        raise FileRefused(f"The file has more than {MOST_NODES:,} entries. Export a shorter period.")
    text = content.decode(CODECS[decide_encoding(file)]).removeprefix("\ufeff")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FileRefused(
            "The file is damaged or cut off: it is no sound JSON. Export it again.",
            place=f"line {error.lineno}, character {error.colno}",
        ) from error
    except RecursionError as error:
        raise FileRefused("The file is not built like a real export: its lists lie too deep in each other.") from error
    except ValueError as error:
        raise FileRefused("The file holds a number that is far too long. Export it again.") from error


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a section, with its row in the whole file and its name ("Episode 3")."""

    row: int
    name: str
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """Empty when it is missing, null or no text."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; empty when it is missing or no list."""
        value = self.values.get(key)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def number(self, key: str) -> float | None:
        """None when it is missing or null. Raises EntryFault when it is no finite number."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            raise EntryFault(f"{key} is {quoted(value)}; a number was expected.")
        return float(value)

    def moment(self, key: str, zone: ZoneInfo) -> datetime | None:
        """Milliseconds since 1970 as the zone's clock shows them; None when missing. Raises EntryFault."""
        milliseconds = self.number(key)
        if milliseconds is None:
            return None
        try:
            return moved_to(_EPOCH + timedelta(seconds=int(milliseconds // 1000)), zone)
        except (OverflowError, ValueError):
            raise EntryFault(f"{key} is {quoted(milliseconds)}; that is no time.") from None

    def needed_moment(self, key: str, zone: ZoneInfo) -> datetime:
        """As `moment`; a missing one is a fault as well."""
        found = self.moment(key, zone)
        if found is None:
            raise EntryFault(f"{key} is missing.")
        return found


def _finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False
