"""Exports of Migraine Buddy as the app writes them, with invented attacks."""

from collections.abc import Iterable
from datetime import datetime

HEADINGS = (
    "#,Started,Lasted,Start UTC Offset (min),End UTC Offset (min),Geohash,Attack Types,Attack Location,Pain Level,"
    "Affected Activities,Potential Triggers,Symptoms,Most Bothersome Symptom,Premonitory Symptoms,Pain Positions,"
    "Helpful Medication,Somewhat Helpful Medication,Unhelpful Medication,Unsure Medication,"
    "Helpful Non Drug Relief Methods,Somewhat Helpful Non Drug Relief Methods,Unhelpful Non Drug Relief Methods,"
    "Unsure Non Drug Relief Methods,Notes"
)
PREAMBLE = "Date,Time Period,Description,Notes\r\nThere is no record.\r\n\r\n"


def line(number: int, started: datetime, *, lasted: str = "03h 00m", pain: str = "6", taken: str = "Maxalt") -> str:
    """One attack with one helpful medicine, in UTC."""
    begin = f"{started.month}/{started.day}/{started:%y} {started.hour}:{started:%M}"
    return (
        f'{number},{begin},{lasted},0,0,gcpvj,Migraine,Home,{pain},"Work, Chores","Stress","Nausea, Sensitivity to light",'
        f'Nausea,,"Left side",{taken},,,,,,,,"slept\nbadly"'
    )


def export(lines: Iterable[str]) -> bytes:
    """The whole file."""
    return (PREAMBLE + HEADINGS + "\r\n" + "\r\n".join(lines) + "\r\n").encode()
