"""How long a set on the tablet lives: the code, the pause nobody touches it, and the longest time of all."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q

from apps.screening.choices import TabletState

# Long enough to walk to another room, short enough that a forgotten note opens nothing.
CODE_LIFE: Final = timedelta(minutes=10)
RUNNING: Final = (TabletState.WAITING, TabletState.OPEN)


def idle_life() -> timedelta:
    """How long nobody may touch the tablet before the set ends."""
    return timedelta(minutes=settings.TABLET_IDLE_MINUTES)


def whole_life() -> timedelta:
    """How long a set lasts at most, also while somebody works on it."""
    return timedelta(hours=settings.TABLET_HOURS)


def run_out(now: datetime) -> Q:
    """The sets that still run and should not: the code was not used, nobody touched the tablet, or time is up."""
    return (
        Q(state=TabletState.WAITING, code_ends_at__lte=now)
        | Q(state=TabletState.OPEN, last_seen_at__lte=now - idle_life())
        | Q(state__in=RUNNING, ends_at__lte=now)
    )
