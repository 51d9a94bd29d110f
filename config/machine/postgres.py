"""A private PostgreSQL: found on the machine or in a wheel, reached by a socket in a private folder, never by network."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from config.machine import engines, places, processes
from config.machine.places import MachineError

OLDEST_VERSION = 15
USER = "clinic"
DATABASE = "clinic"

# Nothing on a throw-away cluster is worth waiting for the disk.
THROW_AWAY_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
)
COMMON_OPTIONS = (
    "listen_addresses=",
    "jit=off",
    "max_connections=60",
    "unix_socket_permissions=0700",
)


def version_of(binary: Path) -> int | None:
    """Major version of a `postgres` or `initdb` program; None when it does not run here."""
    try:
        answer = processes.run([binary, "--version"], folder=Path("/")).stdout
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\)[^\d]*(\d+)", answer)
    return int(found.group(1)) if found else None


def _installed() -> Iterator[Path]:
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(packaged, key=lambda folder: folder.parent.name, reverse=True)


def find_programs() -> Path:
    """The folder with `initdb` and `postgres`: an installed one of version 15 or newer, else the wheel's."""
    for folder in _installed():
        version = version_of(folder / "postgres")
        if version is not None and version >= OLDEST_VERSION and (folder / "initdb").exists():
            return folder
    wheel = engines.wheel_postgres()
    if wheel is None:
        raise MachineError(
            "No PostgreSQL 15 or newer was found. Set DATABASE_URL, or install the package 'postgresql'."
        )
    return wheel


class Cluster:
    """One PostgreSQL data folder and, while it runs, its server process."""

    def __init__(self, data: Path, *, durable: bool) -> None:
        self.data = data
        self.durable = durable
        self.programs = find_programs()
        self.account = places.engine_account()
        self.sockets = places.socket_folder_path(data)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """DATABASE_URL of the running cluster."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"

    @property
    def version(self) -> int | None:
        """Major version of the programs."""
        return version_of(self.programs / "postgres")

    def create(self, template: Path | None = None) -> None:
        """Make the data folder: a copy of `template` when that exists, else of an empty cluster."""
        if (self.data / "PG_VERSION").exists():
            return
        half_done = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(half_done, ignore_errors=True)
        with places.locked("templates.lock"):
            if template is None or not template.exists():
                template = empty_cluster(self.programs)
            subprocess.run(["cp", "-a", "--reflink=auto", str(template), str(half_done)], check=True)
        half_done.rename(self.data)

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        self._refuse_other_version()
        places.private_folder(self.sockets, self.account)
        options = COMMON_OPTIONS + (() if self.durable else THROW_AWAY_OPTIONS)
        arguments = [part for option in options for part in ("-c", option)]
        log_path = self.data.with_name(self.data.name + ".log")
        with log_path.open("wb") as log:
            self.process = processes.start(
                [
                    self.programs / "postgres",
                    "-D",
                    self.data,
                    "-k",
                    self.sockets,
                    *arguments,
                ],
                account=self.account,
                folder=self.data,
                log=log,
                death_signal=signal.SIGINT,
            )
        if not processes.wait_until(self._ready, self.process, seconds=60):
            self.stop()
            raise MachineError(f"PostgreSQL did not start:\n{log_path.read_text(errors='replace')[-2000:]}")

    def _ready(self) -> bool:
        # The eighth line of this file is PostgreSQL's own word on whether it takes connections.
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        mine = self.process is not None and lines[:1] == [str(self.process.pid)]
        return mine and len(lines) >= 8 and lines[7].strip() == "ready"

    def _refuse_other_version(self) -> None:
        kept = int((self.data / "PG_VERSION").read_text())
        found = self.version
        if kept != found:
            raise MachineError(
                f"The demo's data were made by PostgreSQL {kept}, but this machine now has {found}. "
                f"Remove the folder {self.data} to begin a new demo."
            )

    def stop(self, *, cleanly: bool = False) -> None:
        """Stop the server; a throw-away cluster does not even write its last pages, unless asked to."""
        if self.process is not None:
            wish = signal.SIGINT if self.durable or cleanly else signal.SIGQUIT
            processes.stop(self.process, with_signal=wish, patience=20)
            self.process = None
        shutil.rmtree(self.sockets, ignore_errors=True)


def empty_cluster(programs: Path) -> Path:
    """An initialised, stopped cluster with our database in it, made once and then copied."""
    account = places.engine_account()
    home = places.data_home()
    template = home / f"empty-{version_of(programs / 'postgres')}"
    with places.locked("empty.lock"):
        if template.exists():
            return template
        half_done = home / "empty.new"
        shutil.rmtree(half_done, ignore_errors=True)
        _must(
            [programs / "initdb", "-D", half_done, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
             "--no-sync", "--wal-segsize=4"],
            account=account, folder=home,
        )  # fmt: skip
        _must(
            [programs / "postgres", "--single", "-D", half_done, "postgres"],
            account=account, folder=home, text_in=f"CREATE DATABASE {DATABASE}\n",
        )  # fmt: skip
        half_done.rename(template)
    return template


def _must(
    command: list[str | Path],
    *,
    account: places.Account | None,
    folder: Path,
    text_in: str | None = None,
) -> None:
    done = processes.run(command, account=account, folder=folder, text_in=text_in)
    if done.returncode != 0:
        raise MachineError(f"{Path(command[0]).name} failed:\n{done.stdout[-2000:]}")
