"""Every setting that comes from the environment: what it is for, an example, and what is wrong with it.

Production reads all of them before anything else and reports every problem at once, so that nobody has to start
the application five times to find five missing settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DEMO_SECRET = "demo-secret-for-one-machine-and-invented-patients-only"  # noqa: S105
SHORTEST_SECRET = 50


@dataclass(frozen=True)
class Variable:
    """One environment variable.

    `check` gets the value and answers with a problem in words, or with nothing.
    """

    name: str
    purpose: str
    example: str
    required: bool = False
    check: Callable[[str], str] = lambda value: ""


def _secret(value: str) -> str:
    if value.startswith("demo-") or "insecure" in value or "change" in value.lower():
        return "this is a demo secret that anybody can read; make one of your own"
    if len(value) < SHORTEST_SECRET or len(set(value)) < 10:
        return f"must be random and at least {SHORTEST_SECRET} characters long"
    return ""


def _scheme(*allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if urlsplit(value).scheme in allowed:
            return ""
        return "must begin with " + " or ".join(f"{scheme}://" for scheme in allowed)

    return check


def _hosts(value: str) -> str:
    hosts = split(value)
    if not hosts:
        return "must name at least one host"
    if any("*" in host or host == "." for host in hosts):
        return "must name the hosts; '*' would answer to any name"
    return ""


def _origins(value: str) -> str:
    if all(origin.startswith("https://") and "*" not in origin for origin in split(value)):
        return ""
    return "each origin must begin with https:// and name one host"


def _whole_number(lowest: int, highest: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value.isascii() and value.isdigit() and lowest <= int(value) <= highest:
            return ""
        return f"must be a whole number from {lowest} to {highest}"

    return check


def _switch(value: str) -> str:
    return "" if value in ("on", "off") else "must be on or off"


def _off(value: str) -> str:
    return "" if value == "off" else "must be off or absent in production"


def _time_zone(value: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return "is not a known time zone"
    return ""


VARIABLES = (
    Variable(
        "SECRET_KEY",
        "Signs sessions and links.",
        "the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        required=True,
        check=_secret,
    ),
    Variable(
        "DATABASE_URL",
        "The PostgreSQL database that keeps everything.",
        "postgresql://clinic:password@database.example.org:5432/clinic",
        required=True,
        check=_scheme("postgres", "postgresql"),
    ),
    Variable(
        "REDIS_URL",
        "The Redis or Valkey server that passes jobs to the workers.",
        "redis://:password@redis.example.org:6379/0",
        required=True,
        check=_scheme("redis", "rediss", "unix"),
    ),
    Variable(
        "ALLOWED_HOSTS",
        "The names under which clinicians reach the application, separated by commas.",
        "headache.clinic.example.org",
        required=True,
        check=_hosts,
    ),
    Variable(
        "EMAIL_URL",
        "The mail server for invitations and new passwords.",
        "smtp+tls://user:password@mail.example.org:587",
        required=True,
        check=_scheme("smtp", "smtps", "smtp+tls", "smtp+ssl"),
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        "The sender of the application's e-mails.",
        "Headache clinic <headache@clinic.example.org>",
        required=True,
    ),
    Variable(
        "CLINIC_NAME",
        "Printed on pages and documents.",
        "Headache Clinic Northtown",
        required=True,
    ),
    Variable(
        "CLINIC_TELEPHONE",
        "Printed on documents, for the patient's questions.",
        "020 7946 0000",
        required=True,
    ),
    Variable(
        "CRISIS_TEXT",
        "What staff are told to do at once when a questionnaire shows thoughts of self-harm; agreed in the clinic.",
        "Stay with the patient. Call the duty psychiatrist on 020 7946 0001, in danger 999.",
        required=True,
    ),
    Variable(
        "SAFETY_TASK_MINUTES",
        "Minutes within which somebody must have acted on such an answer; agreed in the clinic.",
        "60",
        required=True,
        check=_whole_number(5, 1440),
    ),
    Variable(
        "SAFETY_ESCALATION_MINUTES",
        "Minutes after that until an open safety task counts as escalated; agreed in the clinic.",
        "60",
        check=_whole_number(0, 1440),
    ),
    Variable(
        "PATIENT_CRISIS_TEXT",
        "What the patient is shown after such an answer; agreed in the clinic.",
        "You are not alone with this. In danger call 999. The crisis line is 020 7946 0002.",
    ),
    Variable(
        "SCREENING_SCHEDULE",
        "The clinic's changes to when questionnaires are due: once, every_visit, quarterly or off.",
        "hads=every_visit,ndi=off",
    ),
    Variable(
        "RED_FLAG_AGE",
        "Years after which the onset of a headache counts as late, 50 or 65; the source gives both.",
        "50",
        check=lambda value: _one_of(value, "50 65"),
    ),
    Variable(
        "SLEEP_STEP_DAYS",
        "Days until the next step of a sleep study counts as overdue, unless a day was chosen.",
        "14",
        check=_whole_number(1, 365),
    ),
    Variable(
        "RELAPSE_WATCH_MONTHS",
        "Months after a withdrawal of overused medicines in which relapse is watched for.",
        "12",
        check=_whole_number(1, 24),
    ),
    Variable(
        "OVERUSE_SIGNAL_LEVEL",
        "From which level a signal about overuse is given: near a limit, or when it is reached.",
        "near",
        check=lambda value: _one_of(value, "near reached"),
    ),
    Variable(
        "TABLET_IDLE_MINUTES",
        "Minutes without a touch after which questionnaires on the clinic's tablet lock themselves.",
        "10",
        check=_whole_number(2, 60),
    ),
    Variable(
        "TABLET_HOURS",
        "Hours that a set of questionnaires on the tablet lasts at most.",
        "2",
        check=_whole_number(1, 12),
    ),
    Variable(
        "DIARY_LINK_MONTHS",
        "Months that a patient's personal diary link works, unless another end is chosen.",
        "6",
        check=_whole_number(1, 12),
    ),
    Variable(
        "DIARY_LINK_DAYS_BACK",
        "Days before today that a patient can still enter or correct by the link.",
        "7",
        check=_whole_number(1, 30),
    ),
    Variable(
        "DIARY_LATE_AFTER_HOURS",
        "Hours after the end of a day from which its entry is marked as late.",
        "48",
        check=_whole_number(1, 720),
    ),
    Variable(
        "PAPER",
        "Paper of the printed diary sheet; can be changed where it is printed.",
        "A4",
        check=lambda value: _one_of(value, "A4 Letter"),
    ),
    Variable(
        "DIARY_IMPORT_LARGEST_MB",
        "The largest diary file somebody may upload, in MB.",
        "1024",
        check=_whole_number(1, 10_240),
    ),
    Variable(
        "DIARY_IMPORT_KEPT_HOURS",
        "Hours after which an uploaded file that nobody confirmed is thrown away.",
        "24",
        check=_whole_number(1, 720),
    ),
    Variable(
        "DIARY_QUIET_DAYS",
        "Days without an entry after which a running diary counts as quiet.",
        "7",
        check=_whole_number(1, 90),
    ),
    Variable(
        "DIARY_MIGRAINE_DAY_RULE",
        'Which reading of "migraine day" the clinic counts by; docs/clinical-rules.md says what they mean.',
        "diary",
        check=lambda value: _one_of(value, "diary trial ichd3"),
    ),
    Variable("CLINIC_TIME_ZONE", "The clinic's clock.", "Europe/London", check=_time_zone),
    Variable(
        "CSRF_TRUSTED_ORIGINS",
        "Full addresses that may send forms, when a proxy changes the host name; separated by commas.",
        "https://headache.clinic.example.org",
        check=_origins,
    ),
    Variable(
        "TRUST_PROXY",
        "on when a proxy in front ends TLS and always sets X-Forwarded-Proto and X-Forwarded-For itself; else off.",
        "on",
        check=_switch,
    ),
    Variable(
        "SESSION_IDLE_MINUTES",
        "Minutes without a click after which one has to sign in again.",
        "30",
        check=_whole_number(5, 720),
    ),
    Variable(
        "HSTS_SECONDS",
        "How long browsers remember to use https only. A year once everything works.",
        "31536000",
        check=_whole_number(3600, 63072000),
    ),
    Variable(
        "LOG_LEVEL",
        "How much is logged.",
        "INFO",
        check=lambda value: _one_of(value, "DEBUG INFO WARNING ERROR"),
    ),
    Variable(
        "DEBUG",
        "Detailed error pages for developers. Never in production.",
        "off",
        check=_off,
    ),
)


def _one_of(value: str, allowed: str) -> str:
    return "" if value in allowed.split() else "must be one of " + ", ".join(allowed.split())


def split(value: str) -> list[str]:
    """A comma-separated setting as a list without empty entries."""
    return [part.strip() for part in value.split(",") if part.strip()]


def problems(environment: Mapping[str, str]) -> list[str]:
    """What is missing or wrong for production, each in one line with purpose and example; empty when all is well."""
    found = []
    for variable in VARIABLES:
        value = environment.get(variable.name, "").strip()
        problem = variable.check(value) if value else ("is missing" if variable.required else "")
        if problem:
            found.append(f"{variable.name} {problem}.\n    {variable.purpose}\n    Example: {variable.example}")
    return found


def require_production_environment(environment: Mapping[str, str]) -> None:
    """Stop the start with one message that lists every problem.

    Raises:
        ImproperlyConfigured: when anything is missing or unsafe.
    """
    found = problems(environment)
    if found:
        raise ImproperlyConfigured(
            f"The application can't start: {len(found)} setting(s) need attention.\n\n" + "\n\n".join(found)
        )
