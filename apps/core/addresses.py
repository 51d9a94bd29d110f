"""Reading what stands in the address of a page."""

from uuid import UUID

from django.http import HttpRequest


def key_in(request: HttpRequest, name: str) -> UUID | None:
    """A row's key in the address; None when there is none or it is damaged."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
