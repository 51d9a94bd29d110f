"""Starting and stopping other programs so that none of them outlives us."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from config.machine.places import Account

PR_SET_PDEATHSIG = 1


def _die_with_parent(death_signal: signal.Signals, parent: int) -> Callable[[], None]:
    """What the child does before it becomes the program: ask the kernel for a signal when we die."""
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
        # We may have died between fork and the line above; then nobody would ever send the signal.
        if os.getppid() != parent:
            os._exit(1)

    return ask


def start(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    log: IO[bytes] | int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    own_group: bool = True,
) -> subprocess.Popen[bytes]:
    """Start a program that is told to stop when this process dies, even by SIGKILL.

    `own_group` keeps the terminal's Ctrl-C away from it: we stop it ourselves, in the right order.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        env=dict(environment) if environment is not None else None,
        cwd=folder,
        stdin=subprocess.DEVNULL if own_group else None,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        start_new_session=own_group,
        # The kernel forgets the wish when the user changes; Python runs this after the change.
        preexec_fn=_die_with_parent(death_signal, os.getpid()),  # noqa: PLW1509 - no threads here
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    folder: Path | None = None,
    text_in: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and keep what it said; never raises for a bad exit code."""
    return subprocess.run(
        [str(part) for part in command],
        env=dict(environment) if environment is not None else None,
        cwd=folder,
        input=text_in,
        stdin=None if text_in is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def stop(
    process: subprocess.Popen[bytes],
    *,
    with_signal: signal.Signals = signal.SIGTERM,
    patience: float = 10,
) -> None:
    """Ask a program to stop, wait `patience` seconds, then end its whole process group."""
    if process.poll() is None:
        process.send_signal(with_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    if os.getpgid(0) != process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float = 30) -> bool:
    """Wait until `ready()`; False when the program ended or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.02)
    return False
