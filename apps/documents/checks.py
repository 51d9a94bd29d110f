"""Says at start, in words, that documents can't be drawn on this machine; the application itself starts anyway."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's own name

from apps.documents.library import FOR_SPEED, INSTALL_COMMAND, missing_libraries


@register()
def drawing_libraries_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001 when a system library for drawing PDFs is missing."""
    missing = missing_libraries()
    if not missing:
        return []
    return [
        Warning(
            f"{_consequence(missing)} Missing: {', '.join(missing)}.",
            hint=f"Run as root on every machine with a worker: {INSTALL_COMMAND}",
            id="documents.W001",
        )
    ]


def _consequence(missing: list[str]) -> str:
    if missing == [FOR_SPEED]:
        return "Documents are drawn a third slower than they could be."
    return "Documents can't be drawn on this machine."
