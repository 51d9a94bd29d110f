"""Background work that is a row in the database: handing it to the workers, and showing that a worker lives."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from celery import current_app
from django.db import connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)


def hand_over(task: str, job_id: uuid.UUID) -> bool:
    """Offer a job to the workers, by the name of its task, because tasks lie above whoever asks for them.

    Never raises when the broker is away: the row in the database decides, and a sweep offers it again. Returns
    whether the broker took it.
    """
    try:
        with current_app.connection_for_write() as broker:
            # One try: the person waits for their page, and the sweep tries again.
            broker.transport_options = {**(broker.transport_options or {}), "max_retries": 0}
            current_app.send_task(task, args=[str(job_id)], connection=broker)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("job not enqueued", task=task, job=str(job_id), broker=type(error).__name__)
        return False
    return True


@contextmanager
def beating(beat: Callable[[], object], *, every: float) -> Iterator[None]:
    """Call `beat` every so many seconds, beside the work of the block and on a database connection of its own.

    Work that is shorter than `every` never gets to the first beat.
    """
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(beat, every, done), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(beat: Callable[[], object], every: float, done: threading.Event) -> None:
    try:
        while not done.wait(every):
            beat()
    finally:
        connection.close()
