"""A newcomer's first command: `make demo` in a fresh copy, to the patient list, and away again."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.machine.checks.tree import Tree
from tests.integration.machine import plain_environment, processes_about, soon

ROOT = Path(__file__).resolve().parents[2]
# Every way to a package index leads nowhere: what is installed already must be enough.
OFFLINE = {
    "UV_OFFLINE": "1",
    "PIP_NO_INDEX": "1",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "127.0.0.1,localhost",
}
# Seconds; generous, because the suite keeps both processors busy.
FIRST_START = 900
SECOND_START = 120


class Running:
    """`make demo` in a folder, with everything it prints."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.printed: list[str] = []
        self.opened = threading.Event()
        self.process = subprocess.Popen(
            ["make", "demo", f"PYTHON={sys.executable}"],
            cwd=folder,
            env=plain_environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.printed.append(line)
                if "Stop with Ctrl-C" in line:
                    self.opened.set()
        self.opened.set()

    @property
    def text(self) -> str:
        return "".join(self.printed)

    def address(self, *, within: float) -> str:
        """Wait until the clinic is open; its address."""
        self.opened.wait(within)
        found = re.search(r"The demo clinic is open: (http://localhost:\d+)/", self.text)
        assert found, self.text
        return found.group(1).replace("localhost", "127.0.0.1")

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(60)
        self.reader.join(10)

    def kill(self) -> None:
        """What an out-of-memory killer does: make and the supervisor die at once, without a word."""
        for entry in processes_about("config.machine.demo"):
            number, words = entry.split(" ", 1)
            with contextlib.suppress(ProcessLookupError):
                if "--stop-with-parent" in words and os.getpgid(int(number)) == self.process.pid:
                    os.kill(int(number), signal.SIGKILL)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)
        self.reader.join(10)


class Browser:
    """A plain HTTP client that keeps cookies, like a browser without JavaScript."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, path: str) -> tuple[str, str]:
        """The path where we ended, and the page."""
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, page: str, fields: dict[str, str]) -> tuple[str, str]:
        """Send a form of that page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1)} | fields).encode()
        return self._ask(urllib.request.Request(self.address + path, data, {"Referer": self.address + path}))

    def _ask(self, request: urllib.request.Request) -> tuple[str, str]:
        with self.opener.open(request, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """The project in a folder whose path has a space; the environment is shared, the data are its own."""
    folder = tmp_path / "a folder" / "headache clinic"
    for path in Tree(ROOT).paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, folder / path)
    (folder / ".venv").symlink_to(Path(sys.executable).parents[1], target_is_directory=True)
    yield folder
    shutil.rmtree(data_home(folder), ignore_errors=True)


def data_home(folder: Path) -> Path:
    ask = "from config.machine import places; print(places.data_home())"
    done = subprocess.run([sys.executable, "-c", ask], cwd=folder, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def walk_to_the_patient_list(address: str, accounts: str) -> None:
    browser = Browser(address)
    path, page = browser.get("/patients/")
    assert path == "/account/login/"
    email, password = account_of("physician", accounts)
    path, page = browser.post("/account/login/", page, {"login": email, "password": password})
    assert path != "/account/login/", "the printed account does not open the door"
    path, page = browser.get("/patients/")
    assert path == "/patients/"
    assert re.search(r'href="/patients/[0-9a-f-]{36}/', page), "the list has no patient"


def account_of(role: str, accounts: str) -> tuple[str, str]:
    """E-mail and password of a role, as printed for the newcomer."""
    line = next(line for line in accounts.splitlines() if "@" in line and role in line.lower())
    email = re.search(r"\S+@\S+", line)
    password = re.search(r"[Pp]assword\D*?:\s*(\S+)", accounts)
    assert email, line
    assert password, accounts
    return email.group(0), password.group(1)


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
def test_from_nothing_to_the_patient_list_and_back(copy: Path) -> None:
    home = data_home(copy)
    marks = (str(home), str(copy))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = str(taken.getsockname()[1])

        first = Running(copy, PORT=busy, **OFFLINE)
        try:
            address = first.address(within=FIRST_START)
            assert not address.endswith(f":{busy}"), "a busy port was taken"
            for role in ("nurse", "physician", "psychologist", "physiotherapist", "pharmacist", "educator", "auditor"):
                assert role in first.text.lower()
            walk_to_the_patient_list(address, first.text)
        finally:
            first.press_ctrl_c()
    assert processes_about(*marks) == []
    assert [path.name for path in home.glob("*.run")] == []

    second = Running(copy, **OFFLINE)
    try:
        address = second.address(within=SECOND_START)
        for step in ("Installing", "Bringing the database up to date", "Opening the demo clinic"):
            assert step not in second.text
        walk_to_the_patient_list(address, second.text)
    finally:
        second.kill()
    assert soon(lambda: processes_about(*marks) == []), processes_about(*marks)


@pytest.mark.xdist_group("demo")
def test_two_demos_of_one_folder_are_refused_with_a_sentence(copy: Path) -> None:
    lock = data_home(copy) / "demo.lock"
    hold = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = subprocess.run(
            [sys.executable, "-m", "config.machine.demo"],
            cwd=copy,
            env=plain_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        holder.terminate()
    assert done.returncode == 1
    assert "already running" in done.stderr
