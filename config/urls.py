"""Every address of the application; each app lists its own below its prefix."""

from importlib.util import find_spec

from django.urls import include, path

from config import health

# (prefix, app): patients' charts live below /patients/<uuid>/, each app names its pages in its own namespace.
PLACES = (
    ("", "apps.overview"),
    ("staff/", "apps.accounts"),
    ("medicines/", "apps.medicines"),
    ("patients/", "apps.patients"),
    ("patients/<uuid:patient_id>/diary/", "apps.diary"),
    ("patients/<uuid:patient_id>/screening/", "apps.screening"),
    ("patients/<uuid:patient_id>/treatment/", "apps.treatment"),
    ("patients/<uuid:patient_id>/education/", "apps.education"),
    ("patients/<uuid:patient_id>/summaries/", "apps.summaries"),
    ("documents/", "apps.documents"),
    ("audit/", "apps.audit"),
    ("components/", "apps.core"),
)

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("account/", include("allauth.account.urls")),
    *(path(prefix, include(f"{app}.urls")) for prefix, app in PLACES if find_spec(app) and find_spec(f"{app}.urls")),
]

handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.forbidden"
handler404 = "apps.core.errors.not_found"
handler500 = "apps.core.errors.server_error"
