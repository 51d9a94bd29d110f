"""Where private data of the demo and of test runs live on this machine."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOT_BASE = Path("/var/lib/headache-clinic-demo")

# The kernel's limit for a socket path is 107 bytes; "/.s.PGSQL.5432" must fit behind the folder.
LONGEST_SOCKET_FOLDER = 90


class MachineError(Exception):
    """Something about this machine stops us; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """The operating-system account the engines run as."""

    name: str
    uid: int
    gid: int


def running_as_root() -> bool:
    return os.geteuid() == 0


def engine_account() -> Account | None:
    """The account to switch to for the engines, or None for "stay who we are".

    PostgreSQL refuses to run as root, so root steps down to `postgres`, or to `nobody` where there is none.
    """
    if not running_as_root():
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise MachineError("PostgreSQL does not run as root, and this machine has no account 'postgres' or 'nobody'.")


def checkout_mark() -> str:
    """Eight characters that stand for this checkout, so that two checkouts never share data."""
    return hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:8]


def private_folder(path: Path, owner: Account | None) -> Path:
    """Make a folder that only its owner (and root) can enter, and hand it to the engines' account."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    wanted = owner.uid if owner else os.geteuid()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (wanted, os.geteuid()):
        raise MachineError(f"{path} exists and belongs to somebody else. Remove it and start again.")
    path.chmod(0o700)
    if owner and found.st_uid != owner.uid:
        os.chown(path, owner.uid, owner.gid)
    return path


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock that other runs of this checkout respect; the kernel frees it when we die."""
    with (data_home() / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def data_home() -> Path:
    """The folder that keeps clusters and logs.

    For root it is outside the checkout: the engines' account may not be able to enter /root.
    """
    owner = engine_account()
    if owner is None:
        return private_folder(CHECKOUT / ".demo", None)
    ROOT_BASE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return private_folder(ROOT_BASE / checkout_mark(), owner)


def socket_folder_path(data: Path) -> Path:
    """The folder for a cluster's socket: always the same for the same data, and short enough for the kernel."""
    if running_as_root():
        return data.parent / f"{data.name}.run"
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:10]
    for base in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - ours alone: owner and mode are checked
        folder = Path(base) / f"hc-{os.geteuid()}-{mark}"
        fits = len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
        if base and fits and os.access(base, os.W_OK):
            return folder
    raise MachineError("There is no short, writable folder for the database's socket. Set TMPDIR=/tmp.")
