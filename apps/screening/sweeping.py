"""Ends sets on the tablet that nobody touches any more, also when the tablet never asks again."""

from datetime import datetime
from typing import Final

import structlog
from django.utils import timezone

from apps.core.writing import SystemProcess, writes
from apps.screening.choices import TabletState
from apps.screening.models import TabletSet
from apps.screening.tablet_times import run_out

SWEEPER: Final = SystemProcess("sweep of sets on the tablet")

logger = structlog.get_logger(__name__)


def sweep() -> int:
    """End every set whose time is up. Answers with how many there were."""
    ended = end_run_out(now=timezone.now(), by=SWEEPER)
    if ended:
        logger.info("sets on the tablet swept", ended=ended)
    return ended


@writes
def end_run_out(*, now: datetime, by: SystemProcess) -> int:
    """Mark every set whose time is up as ended; what was answered stays."""
    return TabletSet.objects.filter(run_out(now)).update(state=TabletState.TIMED_OUT, ended_at=now)
