"""Structured logs: one event a line, with the request's id and the person's id, never with patient data."""

from __future__ import annotations

from typing import Any

import structlog

from apps.core.secret_paths import without_secrets

SHARED_STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


def _line_without_secrets(renderer: Any) -> Any:
    """The last step of every line, whoever wrote it: Django names paths, and a diary link's path is its secret."""

    def render(*event: Any) -> str:
        return without_secrets(renderer(*event))

    return render


def logging_configuration(*, level: str, as_json: bool) -> dict[str, Any]:
    """The logging dictionary for Django; also sets up structlog itself.

    Args:
        level: lowest level that is written, for example "INFO".
        as_json: one JSON object a line for machines; otherwise plain text for people.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_STEPS,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Plain tracebacks: the painted ones take a third of a second each.
    for_people = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer = structlog.processors.JSONRenderer() if as_json else for_people
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": _line_without_secrets(renderer),
                "foreign_pre_chain": SHARED_STEPS,
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Its own handler would write each path as it came.
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # WeasyPrint's font subsetting writes a line a table.
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }
