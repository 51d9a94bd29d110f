"""Makes .venv with exactly the packages of requirements.txt, and does nothing when it is there already.

    python3 -m config.machine.environment [--tests]

Runs on the machine's own Python, before any package is installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from config.machine import system_packages
from config.machine.marks import mark_of
from config.machine.places import CHECKOUT, MachineError
from config.machine.progress import say, show

OLDEST_PYTHON = (3, 11)
ENVIRONMENT = CHECKOUT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
REQUIREMENTS = CHECKOUT / "requirements.txt"


def _wanted_stamp() -> str:
    version = ".".join(str(part) for part in sys.version_info[:2])
    return f"{version} {mark_of([REQUIREMENTS])}"


def _stamp() -> Path:
    return ENVIRONMENT / "requirements.stamp"


def is_ready() -> bool:
    """Whether .venv holds what requirements.txt says, as far as the stamp of the last set-up knows."""
    return PYTHON.exists() and _stamp().exists() and _stamp().read_text() == _wanted_stamp()


def ensure(*, for_tests: bool) -> None:
    """Make everything that is missing: system packages, .venv, Python packages.

    Raises:
        MachineError: when the machine can't be made ready; the message says what to do.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise MachineError("Python 3.11 or newer is needed. Name one: make demo PYTHON=python3.11")
    groups = [system_packages.FOR_DOCUMENTS]
    if not PYTHON.exists():
        groups.append(system_packages.FOR_ENVIRONMENT)
    if for_tests:
        groups.append(system_packages.FOR_BROWSER_TESTS)
    system_packages.ensure(*groups)
    if is_ready():
        return
    if not PYTHON.exists():
        say("Making the Python environment .venv")
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    _install_packages()
    _stamp().write_text(_wanted_stamp())


def _install_packages() -> None:
    say("Installing Python packages (about a minute the first time)")
    # Compiled now, once: otherwise the first start of each program pays for it, or every start where writing
    # compiled files is switched off.
    sync: list[str | Path] = [
        PYTHON,
        "-m",
        "uv",
        "pip",
        "sync",
        "--python",
        PYTHON,
        "--compile-bytecode",
        "--require-hashes",
    ]
    if _uv_installed() and _succeeds([*sync, REQUIREMENTS], _uv_environment()):
        return
    say("The fast installer did not succeed; trying pip")
    if not _succeeds([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", REQUIREMENTS]):
        raise MachineError("The Python packages could not be installed. Is this machine connected to a package index?")


def _uv_installed() -> bool:
    """Install uv itself with the hashes that requirements.txt has for it."""
    found = re.search(r"^uv==.*?(?=^\S)", REQUIREMENTS.read_text() + "\nend", re.MULTILINE | re.DOTALL)
    if found is None:
        return False
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(found.group(0))
        only_uv.flush()
        return _succeeds([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", only_uv.name])


def _uv_environment() -> dict[str, str]:
    """uv does not read pip's settings; a clinic behind its own package index has set it there."""
    environment = dict(os.environ)
    if not environment.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE"}:
        asked = subprocess.run(
            [PYTHON, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
        )
        index = environment.get("PIP_INDEX_URL") or asked.stdout.strip()
        if index:
            environment["UV_DEFAULT_INDEX"] = index
    certificates = environment.get("PIP_CERT") or environment.get("REQUESTS_CA_BUNDLE")
    if certificates:
        environment.setdefault("SSL_CERT_FILE", certificates)
    # The cache and the checkout may lie on different disks; copying is what happens then anyway, without a warning.
    environment.setdefault("UV_LINK_MODE", "copy")
    return environment


def _succeeds(command: list[str | Path], environment: dict[str, str] | None = None) -> bool:
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=environment,
        cwd=CHECKOUT,
    )
    if done.returncode != 0:
        show(done.stdout[-2000:])
    return done.returncode == 0


def main() -> int:
    try:
        ensure(for_tests="--tests" in sys.argv[1:])
    except MachineError as problem:
        print(f"\n{problem}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
