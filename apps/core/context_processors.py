"""What every page knows about the house: the clinic's name, the navigation, the chosen colours."""

from functools import cached_property
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from apps.core.navigation import Entry, clinic_entries
from apps.core.version import VERSION

THEME_COOKIE: Final = "theme"
# "" follows the browser, which follows the desk lamp, the time of day or the person's settings.
THEMES: Final = (("", "As the device"), ("light", "Light"), ("dark", "Dark"))
CHOSEN_THEMES: Final = frozenset({"light", "dark"})


class House:
    """Worked out only when a page asks for it: a fragment for htmx needs no navigation."""

    version = VERSION
    themes = THEMES

    def __init__(self, request: HttpRequest | None) -> None:
        self._request = request

    @property
    def clinic_name(self) -> str:
        return str(settings.CLINIC_NAME)

    @property
    def clinic_telephone(self) -> str:
        return str(settings.CLINIC_TELEPHONE)

    @property
    def theme(self) -> str:
        """The person's own choice of colours, "" when they left it to the device."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "") if self._request else ""
        return chosen if chosen in CHOSEN_THEMES else ""

    @cached_property
    def nav(self) -> list[Entry]:
        return clinic_entries(self._request) if self._request else []

    @cached_property
    def search_url(self) -> str | None:
        """The patient list's address when the person signed in may look for patients."""
        return next((entry.url for entry in self.nav if entry.key == "patients"), None)


def house(request: HttpRequest) -> dict[str, House]:
    """Put the house into every template as `house`."""
    return {"house": House(request)}
