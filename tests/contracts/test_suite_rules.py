"""The suite's own rules: nothing is skipped in silence, nothing talks to the world."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from kombu.exceptions import OperationalError
from pytest_socket import SocketConnectBlockedError

from config.celery import app

ROOT = Path(__file__).resolve().parents[2]
SKIPS = """
import pytest

def test_skips():
    pytest.skip("no browser here")
"""
LEAVES = """
import pytest

pytest.skip("not on this machine", allow_module_level=True)
"""


def run_pytest(folder: Path, text: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_made_up.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "PYTEST_XDIST_WORKER"}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "tests.no_silent_skips", str(folder)],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("text", [SKIPS, LEAVES], ids=["a test", "a whole file"])
def test_a_skip_is_a_failure_where_everything_must_be_proven(tmp_path: Path, text: str) -> None:
    assert run_pytest(tmp_path, text, CI="true").returncode in (1, 2)


def test_a_skip_is_only_a_skip_elsewhere(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, SKIPS).returncode == 0


def test_no_test_reaches_another_machine() -> None:
    refused = (SocketConnectBlockedError, UserWarning)
    with pytest.raises(refused, match=r"192\.0\.2\.1"), socket.socket() as line:
        line.connect(("192.0.2.1", 80))


def test_the_broker_of_the_suite_does_not_exist() -> None:
    with pytest.raises(OperationalError):
        app.send_task("documents.sweep", retry=False)
