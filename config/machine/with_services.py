"""Run a command beside a throw-away PostgreSQL and broker of its own.

    python -m config.machine.with_services pytest tests/unit

Sets DATABASE_URL and REDIS_URL for the command unless they are set already. Each run has its own engines, so
several can go on at the same time; when it ends, also by a signal, nothing is left.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.machine import places, processes
from config.machine.broker import Broker
from config.machine.marks import migrations_mark
from config.machine.places import MachineError
from config.machine.postgres import Cluster

# The suite touches this file when it has made a template worth keeping: see config/machine/test_database.py.
TEMPLATE_NOTE = "CLINIC_TEMPLATE_NOTE"


def _sweep(home: Path) -> None:
    """Remove what killed runs left: their lock is free, because the kernel released it."""
    for folder in home.glob("run-*"):
        with contextlib.suppress(OSError), (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(folder)


def _remove(folder: Path) -> None:
    for engine in ("database", "broker"):
        shutil.rmtree(places.socket_folder_path(folder / engine), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    home = places.data_home()
    _sweep(home)
    folder = home / f"run-{secrets.token_hex(3)}"
    with contextlib.ExitStack() as on_exit:
        # Made under another name first: another run's sweep must never see it without its lock.
        fresh = places.private_folder(home / f"new-{folder.name}", places.engine_account())
        lock = on_exit.enter_context((fresh / "lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh.rename(folder)
        on_exit.callback(_remove, folder)
        yield folder


def _kept_cluster(cluster: Cluster) -> Path:
    """Where a stopped cluster with today's migrations is kept, so that a test run begins at once."""
    return places.data_home() / f"migrated-{cluster.version}-{migrations_mark()}"


def _keep_for_next_run(cluster: Cluster, kept: Path, note: Path) -> None:
    """Stop the cluster; when its tests have made a migrated template, put it aside and forget older ones."""
    worth_keeping = note.exists() and not kept.exists() and kept == _kept_cluster(cluster)
    cluster.stop(cleanly=worth_keeping)
    if worth_keeping:
        with places.locked("templates.lock"), contextlib.suppress(OSError):
            for old in kept.parent.glob("migrated-*"):
                shutil.rmtree(old, ignore_errors=True)
            cluster.data.rename(kept)


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """The environment for a command, with engines running as long as the block lasts."""
    environment = dict(os.environ)
    with contextlib.ExitStack() as on_exit:
        missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not environment.get(name)]
        folder = on_exit.enter_context(_own_folder()) if missing else Path()
        if "DATABASE_URL" in missing:
            cluster = Cluster(folder / "database", durable=False)
            kept = _kept_cluster(cluster)
            cluster.create(kept)
            note = folder / "template-made"
            on_exit.callback(_keep_for_next_run, cluster, kept, note)
            cluster.start()
            environment |= {"DATABASE_URL": cluster.url, TEMPLATE_NOTE: str(note)}
        if "REDIS_URL" in missing:
            broker = Broker(folder / "broker")
            on_exit.callback(broker.stop)
            broker.start()
            environment["REDIS_URL"] = broker.url
        yield environment


def _program(name: str) -> str:
    """Commands of our own environment are found without it being activated."""
    ours = Path(sys.executable).parent / name
    return str(ours) if ours.exists() else name


def run_with_services(command: list[str]) -> int:
    """Run the command to its end; its exit code is ours."""
    with services() as environment:
        child = processes.start(
            [_program(command[0]), *command[1:]],
            environment=environment,
            own_group=False,
        )

        def pass_on(number: int, _frame: object) -> None:
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(number)

        # Ctrl-C reaches the command by itself (same terminal); we only wait for it and clean up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, pass_on)
        signal.signal(signal.SIGHUP, pass_on)
        return child.wait()


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return run_with_services(sys.argv[1:])
    except MachineError as problem:
        print(problem, file=sys.stderr)
        return 1
    except subprocess.SubprocessError as problem:
        print(f"Could not start the command: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
