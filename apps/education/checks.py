"""A leaflet with a fault stops the start and the check, with file and line."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from apps.education.reader import LeafletError, read_leaflets


@register()
def leaflets_are_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001 for each fault of each leaflet."""
    try:
        read_leaflets()
    except LeafletError as error:
        return [Error(fault, id="education.E001") for fault in error.faults]
    return []
