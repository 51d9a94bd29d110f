"""A real Celery worker beside the test, on the test's own database and a broker database of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

PATIENCE = 60.0


def broker_urls() -> tuple[str, str]:
    """(Celery's address, Redis clients' address) of a broker database that only this test process uses."""
    # Number 0 is the demo's; test processes are gw0, gw1, …
    number = 1 + int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "0")))
    url = os.environ["REDIS_URL"]
    if url.startswith("unix://"):
        return f"{url.replace('unix://', 'redis+socket://', 1)}?virtual_host={number}", f"{url}?db={number}"
    own = re.sub(r"(?<=[^/])/\d*$|(?<=[^/])$", f"/{number}", url)
    return own, own


def database_url() -> str:
    """The test's database, as an address for another process: that of the suite with another name at its end."""
    address, query = re.fullmatch(r"([^?]*)(\?.*)?", os.environ["DATABASE_URL"]).groups(default="")  # type: ignore[union-attr]
    return f"{address.rpartition('/')[0]}/{connection.settings_dict['NAME']}{query}"


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with one drawing process, in a process group of its own; killed at the end of the block."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--concurrency=1", "--loglevel=INFO"],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.documents.worker_settings",
                "DATABASE_URL": database_url(),
                "CELERY_BROKER_URL": broker_urls()[0],
                "PYTHONPATH": str(settings.BASE_DIR),
            },
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Like a power cut: worker and drawing process end at once, without a chance to clean up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def kill_drawing_process(process: subprocess.Popen[bytes]) -> None:
    """Like the kernel when memory runs out: only the drawing process ends, the worker goes on."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def wait_for(condition: Callable[[], bool], what: str, log: Path) -> None:
    """Wait until something has happened; a failure shows the end of the worker's log."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen. The worker's log:\n{log.read_text()[-4000:]}")
        time.sleep(0.05)
