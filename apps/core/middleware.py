"""What happens around every request."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as PghistoryMiddleware

from apps.core.secret_paths import without_secrets


class HistoryMiddleware(PghistoryMiddleware):
    """Notes beside each change where it was made; an address that is a secret is noted without it."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        return {**context, "url": without_secrets(request.path)}
