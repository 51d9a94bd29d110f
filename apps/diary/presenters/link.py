"""The personal diary link for the clinic: its state in words, and the card that the patient takes home."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

from apps.core.dates import short_date, short_time


@dataclass(frozen=True)
class LinkLine:
    """One link: its state as a word with its tone, its dates, its use, and how it ended."""

    state: str
    tone: str
    works: bool
    dates: str
    use: str
    entries: int
    made: str
    revoked: str


def link_line(link: Any, today: date) -> LinkLine:
    """A link of `links_of`."""
    works = link.revoked_at is None and link.ends_on >= today
    state, tone = ("Works", "good") if works else ("Revoked", "plain") if link.revoked_at else ("Ended", "warn")
    revoked = ""
    if link.revoked_at:
        revoked = f"{short_time(link.revoked_at)} by {link.revoked_by or 'the system'}: {link.revoked_reason}"
    return LinkLine(
        state=state,
        tone=tone,
        works=works,
        dates=f"{short_date(link.starts_on)} to {short_date(link.ends_on)}",
        use=short_time(link.last_used_at) if link.last_used_at else "never opened",
        entries=link.entry_count,
        made=f"{short_time(link.created_at)} by {link.created_by or 'the system'}",
        revoked=revoked,
    )


def qr_code(address: str) -> SafeString:
    """The address as a square to photograph: dark on light in every colour scheme, because cameras expect it."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=False, svgclass="qr", title="QR code of the diary link"
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by us from our own address
