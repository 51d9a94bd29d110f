"""What single records of Apple Health say: their kind, their value, their time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from apps.diary.imports.times import MOST_OFFSET_MINUTES, moved_to, with_offset
from apps.diary.imports.words import quoted

HEADACHE: Final = "HKCategoryTypeIdentifierHeadache"
SLEEP: Final = "HKCategoryTypeIdentifierSleepAnalysis"
MENSTRUATION: Final = "HKCategoryTypeIdentifierMenstrualFlow"
KINDS: Final = frozenset({HEADACHE, SLEEP, MENSTRUATION})

# Each value by its name and by its number in HealthKit; the prefix of the name is taken off before.
_PREFIX: Final = re.compile(r"HKCategoryValue(?:Severity|SleepAnalysis|MenstrualFlow|VaginalBleeding)?")
_SEVERITIES: Final[Mapping[str, int]] = {"Mild": 1, "2": 1, "Moderate": 2, "3": 2, "Severe": 3, "4": 3}
_NOT_PRESENT: Final = frozenset({"NotPresent", "1"})
_PRESENT: Final = frozenset({"Unspecified", "Present", "0", *_SEVERITIES})
_BLEEDING: Final = frozenset({"Unspecified", "Light", "Medium", "Heavy", "1", "2", "3", "4"})
_NOT_BLEEDING: Final = frozenset({"None", "NotApplicable", "5"})
_IN_BED: Final = frozenset({"InBed", "0"})
_ASLEEP: Final = frozenset({"Asleep", "AsleepUnspecified", "AsleepCore", "AsleepDeep", "AsleepREM", "1", "3", "4", "5"})
_AWAKE: Final = frozenset({"Awake", "2"})

# A longer one is a wrong date.
LONGEST_STAGE: Final = timedelta(hours=24)

_MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)? ?(?:Z|([+-])(\d\d):?(\d\d))", re.ASCII
)


class RecordFault(Exception):
    """The record can't be taken; the message says why."""


@dataclass(slots=True)
class Record:
    """A record of one of the three kinds. line: where it stands. zone: named in its details (HKTimeZone) or empty."""

    row: int
    line: int
    kind: str
    attributes: Mapping[str, str]
    zone: str = ""

    @property
    def value(self) -> str:
        return _PREFIX.sub("", self.attributes.get("value", "").strip(), count=1)

    def span(self) -> tuple[datetime, datetime]:
        """Begin and end. Raises RecordFault when one is missing or they are the wrong way round."""
        start, end = self._moment("startDate"), self._moment("endDate")
        if end < start:
            raise RecordFault("The record ends before it begins.")
        return start, end

    def _moment(self, name: str) -> datetime:
        text = self.attributes.get(name, "")
        found = _MOMENT.fullmatch(text.strip())
        try:
            if not found:
                raise ValueError(text)
            year, month, day, hour, minute, second = (int(found[group]) for group in range(1, 7))
            offset = (int(found[8]) * 60 + int(found[9])) * (-1 if found[7] == "-" else 1) if found[7] else 0
            if abs(offset) > MOST_OFFSET_MINUTES:
                raise ValueError(text)
            wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  its offset follows
            moment = with_offset(wall, offset)
            return moved_to(moment, ZoneInfo(self.zone)) if self.zone in _zones() else moment
        except (ValueError, OverflowError):
            raise RecordFault(f"{name} is {quoted(text)}; a date with time and UTC offset was expected.") from None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def severity(record: Record) -> tuple[bool, int | None]:
    """Whether there was a headache, and its severity 1 to 3 when said. Raises RecordFault for another value."""
    if record.value in _NOT_PRESENT:
        return False, None
    if record.value in _PRESENT:
        return True, _SEVERITIES.get(record.value)
    raise RecordFault(f"The severity {quoted(record.attributes.get('value', ''))} is not known.")


def bleeding(record: Record) -> bool:
    """Menstruation or a recorded absence of it. Raises RecordFault for another value."""
    if record.value in _BLEEDING or record.value in _NOT_BLEEDING:
        return record.value in _BLEEDING
    raise RecordFault(f"The menstrual flow {quoted(record.attributes.get('value', ''))} is not known.")


def asleep(record: Record) -> bool | None:
    """True asleep, False only in bed, None awake. Raises RecordFault for another value."""
    if record.value in _AWAKE:
        return None
    if record.value in _ASLEEP or record.value in _IN_BED:
        return record.value in _ASLEEP
    raise RecordFault(f"The sleep value {quoted(record.attributes.get('value', ''))} is not known.")
