"""Every address of the application; each app lists its own below its prefix."""

from importlib.util import find_spec

from django.urls import include, path

from config import health

# (prefix, app). Apps with pages in a patient's chart write their whole addresses themselves, because most also have
# pages for the clinic: /patients/<uuid>/diary/… and /diary/data/.
PLACES = (
    ("", "apps.overview"),
    ("", "apps.patients"),
    ("", "apps.diary"),
    ("", "apps.screening"),
    ("", "apps.treatment"),
    ("", "apps.education"),
    ("", "apps.summaries"),
    ("", "apps.documents"),
    ("staff/", "apps.accounts"),
    ("medicines/", "apps.medicines"),
    ("audit/", "apps.audit"),
    ("components/", "apps.core"),
)

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("account/", include("apps.accounts.sign_in_urls")),
    *(path(prefix, include(f"{app}.urls")) for prefix, app in PLACES if find_spec(app) and find_spec(f"{app}.urls")),
]

handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.forbidden"
handler404 = "apps.core.errors.not_found"
handler500 = "apps.core.errors.server_error"
