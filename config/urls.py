"""Every address of the application; each app lists its own below its prefix."""

from django.urls import include, path

from apps.core.administration import administration
from config import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("admin/", administration.urls),
    path("account/", include("apps.accounts.sign_in_urls")),
    # Apps with pages in a patient's chart write their whole addresses themselves, because most also have pages for the
    # clinic: /patients/<uuid>/diary/… and /diary/data/.
    path("", include("apps.overview.urls")),
    path("", include("apps.patients.urls")),
    path("", include("apps.diary.urls")),
    path("", include("apps.screening.urls")),
    path("", include("apps.treatment.urls")),
    path("", include("apps.education.urls")),
    path("", include("apps.summaries.urls")),
    path("", include("apps.documents.urls")),
    path("staff/", include("apps.accounts.urls")),
    path("medicines/", include("apps.medicines.urls")),
    path("audit/", include("apps.audit.urls")),
    path("components/", include("apps.core.urls")),
]

handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.forbidden"
handler404 = "apps.core.errors.not_found"
handler500 = "apps.core.errors.server_error"
