"""Set-up decisions that must be right on machines we never see."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from config.machine import demo, environment, lock, marks, postgres, system_packages
from config.machine.places import MachineError


def test_a_mark_changes_with_content_name_and_number_of_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    first = marks.mark_of([one], below=tmp_path)
    assert marks.mark_of([one], below=tmp_path) == first
    one.write_text("b")
    second = marks.mark_of([one], below=tmp_path)
    two.write_text("b")
    assert len({first, second, marks.mark_of([two], below=tmp_path), marks.mark_of([one, two], below=tmp_path)}) == 4


def test_the_migrations_mark_sees_our_migrations_and_the_lock_file(tmp_path: Path) -> None:
    migration = tmp_path / "apps" / "diary" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("")
    (tmp_path / "requirements.txt").write_text("django==5.2")
    seen = {marks.migrations_mark(tmp_path)}
    migration.write_text("# changed")
    seen.add(marks.migrations_mark(tmp_path))
    (tmp_path / "requirements.txt").write_text("django==5.2.1")
    seen.add(marks.migrations_mark(tmp_path))
    assert len(seen) == 3


ABSENT = {"libmissing-1": lambda: False, "libpresent-2": lambda: True}


def test_without_rights_the_exact_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_privilege", lambda: None)
    with pytest.raises(MachineError) as refusal:
        system_packages.ensure(ABSENT)
    assert "apt-get update && apt-get install --no-install-recommends libmissing-1\n" in f"{refusal.value}\n"


def test_with_rights_only_what_is_missing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    there = False
    asked: list[list[str]] = []

    def apt(privilege: list[str], arguments: list[str]) -> bool:
        nonlocal there
        asked.append([*privilege, *arguments])
        there = "install" in arguments
        return False

    monkeypatch.setattr(system_packages, "_privilege", lambda: ["sudo", "-n"])
    monkeypatch.setattr(system_packages, "_apt", apt)
    system_packages.ensure(ABSENT | {"libmissing-1": lambda: there})
    assert asked[0] == ["sudo", "-n", "update", "-q"]
    assert asked[1][-1] == "libmissing-1"
    assert "libpresent-2" not in asked[1]


def test_a_package_that_apt_could_not_bring_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_privilege", list)
    monkeypatch.setattr(system_packages, "_apt", lambda privilege, arguments: False)
    with pytest.raises(MachineError, match="could not install libmissing-1"):
        system_packages.ensure(ABSENT)


def test_nothing_is_asked_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_privilege", lambda: pytest.fail("asked for rights"))
    system_packages.ensure({"libpresent-2": lambda: True})


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 4))
    with pytest.raises(MachineError, match=r"Python 3\.11 or newer"):
        environment.ensure(for_tests=False)


def test_the_fast_installer_learns_the_clinics_own_package_index(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.clinic.example/simple")
    assert environment._uv_environment()["UV_DEFAULT_INDEX"] == "https://packages.clinic.example/simple"


def test_an_environment_is_ready_only_for_this_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("django==5.2")
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", python)
    monkeypatch.setattr(environment, "REQUIREMENTS", requirements)
    monkeypatch.setattr(environment, "mark_of", lambda files: marks.mark_of(files, below=tmp_path))
    assert not environment.is_ready()
    environment._stamp().write_text(environment._wanted_stamp())
    assert environment.is_ready()
    requirements.write_text("django==5.2.1")
    assert not environment.is_ready()


def test_a_free_port_is_taken_when_the_first_is_busy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        assert demo.free_port(busy) > busy


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15),
        ("initdb (PostgreSQL) 18.6", 18),
        ("postgres (PostgreSQL) 19beta1", 19),
        ("cannot execute binary file", None),
    ],
)
def test_versions_are_read(monkeypatch: pytest.MonkeyPatch, answer: str, version: int | None) -> None:
    done = subprocess.CompletedProcess([], 0, stdout=answer)
    monkeypatch.setattr(postgres.processes, "run", lambda *args, **kwargs: done)
    assert postgres.version_of(Path("postgres")) == version


def test_data_of_another_version_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = postgres.Cluster(tmp_path, durable=True)
    (tmp_path / "PG_VERSION").write_text("14\n")
    monkeypatch.setattr(postgres, "version_of", lambda program: 17)
    with pytest.raises(MachineError, match="made by PostgreSQL 14, but this machine now has 17"):
        cluster.start()


def test_both_lock_files_have_hashes_and_are_written_without_addresses() -> None:
    assert {"--generate-hashes", "--no-emit-index-url", "--universal"} <= set(lock.OPTIONS)
    for name in lock.LOCKS:
        text = (environment.CHECKOUT / name).read_text()
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert pins
        assert all(line.endswith("\\") for line in pins), "a package without a hash"


def test_the_launcher_needs_nothing_installed() -> None:
    """The first steps run on the machine's own Python, before any package is there."""
    script = "import config.machine.environment, config.machine.demo, config.machine.with_services"
    python = Path(os.path.realpath(environment.sys.executable))
    done = subprocess.run(
        [python, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(environment.CHECKOUT)!r}); {script}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
