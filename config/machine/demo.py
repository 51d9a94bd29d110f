"""The demo clinic on this machine: database, broker, web server, worker and beat under one supervisor.

    .venv/bin/python -m config.machine.demo [--stop-with-parent] [--forget]

Ends on Ctrl-C or SIGTERM, or when one of its programs ends, and stops everything it started.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from config.machine import places, processes
from config.machine.broker import Broker
from config.machine.marks import migrations_mark
from config.machine.places import CHECKOUT, MachineError
from config.machine.postgres import Cluster
from config.machine.progress import say, show

FIRST_PORT = 8000
SECONDS_FOR_THE_WEB_SERVER = 90
# One worker has no neighbours to look for, which costs seconds at every start.
WORKER_OPTIONS = ("--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle")


class Demo:
    """One run of the demo clinic. Every program it starts is stopped by `on_exit`, the last one first."""

    def __init__(self, home: Path, on_exit: contextlib.ExitStack) -> None:
        self.home = home
        self.on_exit = on_exit
        self.environment = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
        # Compiled files are kept, so that the second start is quick.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.own_database = not self.environment.get("DATABASE_URL")

    def start_engines(self) -> None:
        """Private PostgreSQL and broker, unless the environment names others."""
        if self.own_database:
            say("Starting PostgreSQL")
            cluster = Cluster(self.home / "demo", durable=True)
            cluster.create()
            self.on_exit.callback(cluster.stop)
            cluster.start()
            self._watch("PostgreSQL", cluster.process)
            self.environment["DATABASE_URL"] = cluster.url
        if not self.environment.get("REDIS_URL"):
            say("Starting the broker")
            broker = Broker(self.home / "demo-broker")
            self.on_exit.callback(broker.stop)
            broker.start()
            self._watch("The broker", broker.process)
            self.environment["REDIS_URL"] = broker.url

    def _watch(self, name: str, process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            self.running[name] = process

    def prepare_data(self) -> str:
        """Tables and the demo clinic; answers with the accounts to sign in with.

        Skipped when the last start did the same; a database that is not ours is always asked.
        """
        kept = self.home / "demo-state" / f"accounts-{migrations_mark()}.txt"
        if self.own_database and kept.exists():
            return kept.read_text()
        say("Bringing the database up to date")
        self._manage("migrate", "--verbosity", "0")
        self._manage("createcachetable")
        say("Opening the demo clinic (invented names, published diary days)")
        self._manage("load_demo")
        accounts = self._manage("demo_accounts", quiet=True)
        if self.own_database:
            shutil.rmtree(kept.parent, ignore_errors=True)
            kept.parent.mkdir()
            kept.write_text(accounts)
        return accounts

    def _manage(self, *arguments: str, quiet: bool = False) -> str:
        """Run a management command, showing each line as it comes.

        Raises:
            MachineError: when it fails.
        """
        process = processes.start(
            [sys.executable, "-u", "manage.py", *arguments],
            environment=self.environment,
            folder=CHECKOUT,
            log=subprocess.PIPE,
        )
        lines = []
        try:
            for raw in process.stdout or ():
                lines.append(raw.decode(errors="replace"))
                if not quiet:
                    show(lines[-1])
            process.wait()
        finally:
            processes.stop(process)
        if process.returncode != 0:
            raise MachineError(f"manage.py {arguments[0]} failed." + ("\n" + "".join(lines) if quiet else ""))
        return "".join(lines)

    def start_program(self, name: str, *command: str | Path) -> None:
        """Start one of our own programs with its output in a log file."""
        with self.log_path(name).open("wb") as log:
            process = processes.start(
                [sys.executable, "-m", *command], environment=self.environment, folder=CHECKOUT, log=log
            )
        self.on_exit.callback(processes.stop, process)
        self._watch(name, process)

    def log_path(self, name: str) -> Path:
        return self.home / f"{name.lower().replace(' ', '-')}.log"

    def start_web(self, port: int) -> None:
        say("Starting the web server")
        self.start_program(
            "The web server",
            *("gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--preload"),
            *("--graceful-timeout", "5", "--timeout", "60", "--no-control-socket"),
        )  # fmt: skip
        deadline = time.monotonic() + SECONDS_FOR_THE_WEB_SERVER
        while not _answers(port):
            self.refuse_dead_programs()
            if time.monotonic() > deadline:
                raise MachineError(f"The web server does not answer. Its log: {self.log_path('The web server')}")
            time.sleep(0.05)

    def start_background(self) -> None:
        schedule = self.home / "beat"
        schedule.mkdir(exist_ok=True)
        self.on_exit.callback(shutil.rmtree, schedule, ignore_errors=True)
        celery = ("celery", "--app", "config.celery")
        self.start_program("The worker", *celery, "worker", *WORKER_OPTIONS)
        self.start_program(
            "The clock", *celery, "beat", "--schedule", schedule / "schedule", "--pidfile=", "--loglevel", "WARNING"
        )

    def refuse_dead_programs(self) -> None:
        """Raise when one of the programs has ended by itself, with the end of its log."""
        for name, process in self.running.items():
            if process.poll() is not None:
                log = self.log_path(name)
                ending = log.read_text(errors="replace")[-3000:] if log.exists() else ""
                raise MachineError(f"{name} ended by itself (code {process.returncode}).\n{ending}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=10) as answer:
            return answer.status == 200
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False


def free_port(first: int) -> int:
    """The first port from `first` on that nobody uses on this machine."""
    for port in range(first, first + 100):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise MachineError(f"Ports {first} to {first + 99} are all busy. Name another: PORT=9000 make demo")


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[None]:
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MachineError("The demo clinic of this folder is already running.") from None
        yield


def run() -> None:
    """Start everything, say where it is, and watch until somebody stops it."""
    home = places.data_home()
    with contextlib.ExitStack() as on_exit:
        on_exit.enter_context(_only_one(home))
        try:
            _open_and_watch(Demo(home, on_exit))
        finally:
            # Before anything is stopped: a second Ctrl-C must not leave half of the programs running.
            _no_more_interruptions()


def _open_and_watch(demo: Demo) -> None:
    demo.start_engines()
    accounts = demo.prepare_data()
    port = free_port(int(os.environ.get("PORT", FIRST_PORT)))
    demo.start_web(port)
    demo.start_background()
    say(f"The demo clinic is open: http://localhost:{port}/")
    show(f"\n{accounts}\nLogs: {demo.home}\nStop with Ctrl-C.")
    while True:
        demo.refuse_dead_programs()
        time.sleep(0.5)


def _no_more_interruptions() -> None:
    say("Stopping")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _interrupt(number: int, frame: FrameType | None) -> None:
    say(f"Asked to stop ({signal.Signals(number).name})")
    raise KeyboardInterrupt


def forget() -> None:
    """Remove the demo clinic's data; the next start begins anew."""
    home = places.data_home()
    with _only_one(home):
        for name in ("demo", "demo-broker", "demo-state"):
            shutil.rmtree(home / name, ignore_errors=True)
    say("The demo clinic's data are removed.")


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    if "--stop-with-parent" in sys.argv:
        # A killed make must not leave a clinic behind.
        ctypes.CDLL(None).prctl(processes.PR_SET_PDEATHSIG, int(signal.SIGTERM))
    try:
        forget() if "--forget" in sys.argv else run()
    except KeyboardInterrupt:
        say("Everything is stopped.")
        return 0
    except MachineError as problem:
        print(f"\n{problem}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
