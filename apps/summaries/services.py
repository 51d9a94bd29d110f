"""Making documents out of a patient's chart."""

from apps.accounts.models import User
from apps.core.writing import Refused, SystemProcess, writes
from apps.documents.models import Document
from apps.documents.services import request_document
from apps.patients.choices import VisitState
from apps.patients.models import Visit
from apps.summaries.selectors import visit_content


@writes
def make_visit_summary(*, visit: Visit, by: User | SystemProcess) -> Document:
    """Freeze the summary of a signed visit and have it drawn.

    Asked twice while nothing has changed, it gives the same document; after an addendum or a medication change a
    new one replaces the old.

    Raises Refused for a visit that is not signed, PermissionDenied.
    """
    if visit.state != VisitState.SIGNED:
        raise Refused("Sign the visit first. The summary says what was signed.")
    return request_document(
        patient=visit.patient,
        kind="visit_summary",
        subject_id=visit.pk,
        snapshot=visit_content(visit),
        title="Visit summary",
        by=by,
    )
