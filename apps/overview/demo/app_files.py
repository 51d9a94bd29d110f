"""Files as two telephone apps write them, with invented attacks, nights and menstruation."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from xml.sax.saxutils import quoteattr

from apps.clinical.periods import Period
from apps.diary.entries import DayEntry
from apps.overview.demo.chance import chance

_PAIN = {1: (1, 3), 2: (4, 6), 3: (7, 9)}
APP_NAMES = {"sumatriptan-oral": "Imigran 100"}
_SYMPTOMS = (("Nausea", 0.6), ("Sensitivity to light", 0.8), ("Sensitivity to noise", 0.7), ("Pulsating pain", 0.6))
_CYCLE_DAYS, _BLEEDING_DAYS = 28, 5

_BUDDY_COLUMNS = (
    "#", "Started", "Lasted", "Start UTC Offset (min)", "End UTC Offset (min)", "Geohash", "Attack Types",
    "Attack Location", "Pain Level", "Affected Activities", "Potential Triggers", "Symptoms",
    "Most Bothersome Symptom", "Premonitory Symptoms", "Pain Positions", "Helpful Medication",
    "Somewhat Helpful Medication", "Unhelpful Medication", "Unsure Medication", "Helpful Non Drug Relief Methods",
    "Somewhat Helpful Non Drug Relief Methods", "Unhelpful Non Drug Relief Methods", "Unsure Non Drug Relief Methods",
    "Notes",
)  # fmt: skip


def attack_list(headaches: Iterable[DayEntry]) -> bytes:
    """An export of attacks as Migraine Buddy writes it, one attack for each headache day."""
    out = io.StringIO()
    out.write("There are no menstrual cycles recorded in this period.\n\n")
    rows = csv.writer(out)
    rows.writerow(_BUDDY_COLUMNS)
    for number, entry in enumerate(headaches, start=1):
        rows.writerow(_attack_row(number, entry))
    return out.getvalue().encode()


def health_export(days: Period) -> bytes:
    """Nights and menstruation of a stretch of days as Apple Health writes them."""
    records = [*(_night(day) for day in days), *(_bleeding(day) for day in days if _bleeds(day, days.first))]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_GB">\n{"".join(records)}</HealthData>\n'.encode()


def _attack_row(number: int, entry: DayEntry) -> list[object]:
    dice = chance("attack", entry.day.toordinal())
    begin = datetime.combine(entry.day, time(dice.randint(5, 15), dice.choice((0, 15, 30, 45))))
    minutes = dice.randint(3, 8) * 60
    names = ", ".join(APP_NAMES.get(each.code or "", "") or "Something" for each in entry.intakes)
    column = dice.choices(range(3), (0.45, 0.35, 0.2))[0]
    taken = [names if names and place == column else "" for place in range(4)]
    if not names:
        taken[0] = "No medication"
    return [
        number,
        f"{begin.month}/{begin.day}/{begin:%y} {begin.hour}:{begin:%M}",
        f"{minutes // 60:02d}h {minutes % 60:02d}m",
        0,
        0,
        "",
        "Migraine with aura" if dice.random() < 0.15 else "Migraine",
        "Home",
        dice.randint(*_PAIN[entry.severity or 2]),
        "",
        ", ".join(word for word in ("Stress", "Lack of sleep", "Weather") if dice.random() < 0.25),
        ", ".join(word for word, share in _SYMPTOMS if dice.random() < share),
        "Nausea" if dice.random() < 0.2 else "",
        "Yawning" if dice.random() < 0.2 else "",
        dice.choice(("Left temple", "Right temple", "Left temple, Right temple", "Forehead")),
        *taken,
        "Dark room" if dice.random() < 0.4 else "",
        "",
        "",
        "",
        "",
    ]


def _night(day: date) -> str:
    dice = chance("night", day.toordinal())
    wake = datetime.combine(day, time(6, dice.choice((0, 20, 40))), tzinfo=UTC)
    hours = dice.choices((4.5, 5.5, 6.5, 7.5, 8.5), (1, 3, 4, 4, 2))[0]
    return _record(
        "HKCategoryTypeIdentifierSleepAnalysis",
        "HKCategoryValueSleepAnalysisAsleepUnspecified",
        wake - timedelta(hours=hours),
        wake,
    )


def _bleeds(day: date, first: date) -> bool:
    return (day - first).days % _CYCLE_DAYS < _BLEEDING_DAYS


def _bleeding(day: date) -> str:
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    return _record(
        "HKCategoryTypeIdentifierMenstrualFlow", "HKCategoryValueMenstrualFlowMedium", noon, noon + timedelta(minutes=1)
    )


def _record(kind: str, value: str, begin: datetime, end: datetime) -> str:
    attributes = {
        "type": kind,
        "sourceName": "Invented",
        "startDate": f"{begin:%Y-%m-%d %H:%M:%S} +0000",
        "endDate": f"{end:%Y-%m-%d %H:%M:%S} +0000",
        "value": value,
    }
    return f" <Record {' '.join(f'{name}={quoteattr(text)}' for name, text in attributes.items())}/>\n"
