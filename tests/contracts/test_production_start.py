"""Production settings as a clinic would start them: in a process of their own, with a made-up environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.machine.check import production_environment
from config.machine.checks.tree import Tree
from tests.integration.machine import plain_environment

ROOT = Path(__file__).resolve().parents[2]
HOST = "headache.clinic.example.org"

# Asks the application for a few pages, as the proxy would, and prints what it answered.
ASK = f"""
import json, sys
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME={HOST!r})
asked = {{
    "plain": client.get("/account/login/"),
    "secure": client.get("/account/login/", secure=True),
    "proxied": client.get("/account/login/", headers={{"X-Forwarded-Proto": "https"}}),
    "health": client.get("/health/live"),
    "stranger": client.get("/account/login/", secure=True, SERVER_NAME="evil.example"),
}}
print(json.dumps({{
    name: {{
        "status": answer.status_code,
        "headers": dict(answer.headers),
        "cookies": {{key: dict(morsel) for key, morsel in answer.cookies.items()}},
        "page": answer.content.decode(),
    }}
    for name, answer in asked.items()
}}))
"""


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=plain_environment(DJANGO_SETTINGS_MODULE="config.settings.production", **environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the application answers after its static files were collected like in the container."""
    folder = tmp_path_factory.mktemp("production") / "clinic"
    for path in Tree(ROOT).matching("apps/*", "config/*", "static/*", "templates/*", "manage.py"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    # Compressing takes minutes on a small machine and says nothing about the settings.
    settings = folder / "config/settings/production.py"
    compressed = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    assert compressed in settings.read_text()
    plain = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.write_text(settings.read_text().replace(compressed, plain))
    collected = python(folder, "manage.py", "collectstatic", "--no-input", **production_environment())
    assert collected.returncode == 0, collected.stderr
    asked = python(folder, "-c", ASK, **production_environment())
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout.splitlines()[-1])  # type: ignore[no-any-return]


pytestmark = pytest.mark.xdist_group("production")


def test_plain_http_is_sent_to_https(answers: dict[str, Any]) -> None:
    assert answers["plain"]["status"] == 301
    assert answers["plain"]["headers"]["Location"] == f"https://{HOST}/account/login/"


def test_a_proxy_that_ends_tls_is_believed_when_told_so(answers: dict[str, Any]) -> None:
    assert answers["proxied"]["status"] == 200


def test_health_answers_without_tls_because_the_container_asks_itself(answers: dict[str, Any]) -> None:
    assert answers["health"]["status"] == 200


def test_another_host_name_is_refused(answers: dict[str, Any]) -> None:
    assert answers["stranger"]["status"] == 400


def test_browsers_are_told_to_stay_with_https(answers: dict[str, Any]) -> None:
    said = answers["secure"]["headers"]["Strict-Transport-Security"]
    assert said == "max-age=31536000; includeSubDomains; preload"


def test_cookies_stay_on_https_and_away_from_scripts(answers: dict[str, Any]) -> None:
    cookies = answers["secure"]["cookies"]
    assert set(cookies) == {"__Host-csrf"}
    for cookie in cookies.values():
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["domain"] == ""


def test_the_content_security_policy_is_exactly_this(answers: dict[str, Any]) -> None:
    said = {part.strip() for part in answers["secure"]["headers"]["Content-Security-Policy"].split(";") if part.strip()}
    assert said == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }


def test_other_headers_that_protect(answers: dict[str, Any]) -> None:
    headers = answers["secure"]["headers"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_static_files_carry_a_mark_of_their_content(answers: dict[str, Any]) -> None:
    page = answers["secure"]["page"]
    assert "/static/css/" in page
    sheets = [part.split('"')[0] for part in page.split('href="/static/')[1:]]
    assert all(len(sheet.split(".")) >= 3 for sheet in sheets), sheets


def test_without_settings_the_start_ends_with_an_explanation() -> None:
    done = python(ROOT, "-c", "import django; django.setup()")
    assert done.returncode != 0
    assert "The application can't start" in done.stderr
    assert "SECRET_KEY is missing" in done.stderr
    assert "DATABASE_URL is missing" in done.stderr


def test_with_a_demo_secret_the_start_ends() -> None:
    from config.env import DEMO_SECRET

    done = python(
        ROOT, "-c", "import django; django.setup()", **(production_environment() | {"SECRET_KEY": DEMO_SECRET})
    )
    assert done.returncode != 0
    assert "demo secret" in done.stderr
    assert DEMO_SECRET not in done.stderr
