"""Memory of a worker that reads an Apple Health export of 500 MB, and how fast it reads.

The export is written to a temporary folder and removed afterwards: heart rates, steps and workouts as a watch records
them, with ten years of nights and some headaches between. A process of its own reads it; its highest resident memory
is what the operating system says.

    python benchmarks/apple_health.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

MEBIBYTE = 1024 * 1024
FILE_MIB = 500
GOAL_MIB = 300.0
FIRST_DAY = datetime(2016, 1, 1)  # noqa: DTZ001  written with a fixed offset
DAYS = 3_650

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
]>
<HealthData locale="en_GB">
 <ExportDate value="2026-01-01 09:00:00 +0000"/>
"""

READ = """
import resource, sys, time
import django
django.setup()
from datetime import date
from zoneinfo import ZoneInfo
from apps.diary.imports.reading import read_file
from apps.diary.imports.parsed import ReadingRules
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = time.perf_counter()
with open(sys.argv[1], "rb") as file:
    reading = read_file(
        file, "export.xml", rules=ReadingRules(ZoneInfo("Europe/London"), date(2026, 1, 2)), progress=lambda percent: None
    )
seconds = time.perf_counter() - begin
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(before, after, seconds, reading.rows_read, len(reading.days), len(reading.attacks))
"""


@dataclass(frozen=True)
class PeakMemory:
    """Highest resident memory of the reading process against the goal, in MiB; speed for information."""

    name: str
    value: float
    goal: float
    at_start: float
    mib_a_second: float

    @property
    def within_goal(self) -> bool:
        return self.value <= self.goal

    def __str__(self) -> str:
        verdict = "ok" if self.within_goal else "ABOVE THE GOAL"
        return (
            f"{self.name}: peak {self.value:.0f} MiB (goal below {self.goal:.0f} MiB, {verdict}; {self.at_start:.0f} MiB "
            f"before reading, {self.mib_a_second:.0f} MiB a second)"
        )


def ratios() -> Iterator[PeakMemory]:
    """One measurement; the name is that of the other modules."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        write_export(path, FILE_MIB * MEBIBYTE)
        yield measure(path)


def measure(path: Path) -> PeakMemory:
    """Read the file in a process of its own. Raises RuntimeError when it did not read what was written."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    root = Path(__file__).resolve().parents[1]
    answer = subprocess.run(
        [sys.executable, "-c", READ, str(path)], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    before, after, seconds, rows, days, attacks = (float(part) for part in answer.stdout.split())
    if not rows or days < DAYS - 2 or not attacks:
        raise RuntimeError(f"Only {rows:.0f} records, {days:.0f} days and {attacks:.0f} attacks were read.")
    size = path.stat().st_size / MEBIBYTE
    return PeakMemory(
        name=f"Apple Health export of {size:.0f} MiB, {rows:.0f} records of interest",
        value=after / 1024,
        goal=GOAL_MIB,
        at_start=before / 1024,
        mib_a_second=size / seconds,
    )


def write_export(path: Path, size: int) -> None:
    """A file of about that many bytes with ten years of nights and headaches spread over it."""
    others = "".join(_others())
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        written = len(HEAD)
        for number in range(DAYS):
            file.writelines(pieces := [*_night(number), *_headaches(number)])
            written += sum(map(len, pieces))
            while written < size * (number + 1) // DAYS:
                file.write(others)
                written += len(others)
        file.write("</HealthData>\n")


def _record(kind: str, begin: datetime, end: datetime, value: str, source: str = "Watch") -> str:
    return (
        f' <Record type="{kind}" sourceName="{source}" sourceVersion="11.2" '
        'device="&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch&gt;" '
        f'creationDate="{end} +0000" startDate="{begin} +0000" endDate="{end} +0000" value="{value}">\n'
        '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'
    )


def _others() -> Iterator[str]:
    """What an export mostly consists of; some 40 kB."""
    for minute in range(100):
        begin = FIRST_DAY + timedelta(minutes=minute)
        yield _record("HKQuantityTypeIdentifierHeartRate", begin, begin, f"{60 + minute % 40}")
        yield _record("HKQuantityTypeIdentifierStepCount", begin, begin + timedelta(minutes=1), f"{minute}", "Phone")


def _night(number: int) -> Iterator[str]:
    """Twelve stages of two devices."""
    asleep = FIRST_DAY + timedelta(days=number, hours=23)
    for source in ("Watch", "Ring"):
        for stage in range(12):
            begin = asleep + timedelta(minutes=40 * stage)
            value = f"HKCategoryValueSleepAnalysisAsleep{('Core', 'Deep', 'REM')[stage % 3]}"
            yield _record("HKCategoryTypeIdentifierSleepAnalysis", begin, begin + timedelta(minutes=38), value, source)


def _headaches(number: int) -> Iterator[str]:
    noon = FIRST_DAY + timedelta(days=number, hours=12)
    kind = "HKCategoryTypeIdentifierHeadache"
    if number % 3 == 0:
        yield _record(kind, noon, noon + timedelta(hours=5), "HKCategoryValueSeverityModerate")
    else:
        yield _record(kind, noon, noon, "HKCategoryValueSeverityNotPresent")


def main() -> None:
    for ratio in ratios():
        print(ratio, flush=True)


if __name__ == "__main__":
    main()
