"""What workers and beat run for screening: the work lies below."""

from celery import shared_task
from django.utils import timezone

from apps.screening import signalling, sweeping


@shared_task(name="screening.sweep_tablets")
def sweep_tablets() -> None:
    """End sets on the tablet that nobody touches any more."""
    sweeping.sweep()


@shared_task(name="screening.fire_overuse_signals")
def fire_overuse_signals() -> None:
    """Look through the whole clinic for limits that are near or reached."""
    signalling.fire_overuse_signals(timezone.localdate())
