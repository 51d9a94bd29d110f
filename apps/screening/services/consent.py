"""Recording what a patient answers when asked whether they want to be asked about something sensitive."""

from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.screening.choices import ConsentAnswer, SensitiveTopic
from apps.screening.models import SensitiveConsent
from apps.screening.selectors.adversity import may_be_asked


@writes
def record_consent(
    *,
    patient: Patient,
    topic: SensitiveTopic,
    answer: ConsentAnswer,
    asked_on: date,
    note: str,
    today: date,
    by: User | SystemProcess,
) -> SensitiveConsent:
    """Record one answer about consent; the newest counts.

    Raises Refused for a day to come and for taking back what was not given, PermissionDenied without the right.
    """
    if isinstance(by, User):
        require(by, Permission.VIEW_SENSITIVE, patient)
    if asked_on > today:
        raise Refused({"asked_on": ["Enter a day that is not in the future."]})
    Patient.objects.select_for_update().get(pk=patient.pk)
    if answer == ConsentAnswer.WITHDRAWN and not may_be_asked(patient, topic):
        raise Refused({"answer": ["There is no agreement to take back. Select what the patient says now."]})
    consent = SensitiveConsent(
        patient=patient, topic=topic, answer=answer, asked_on=asked_on, note=note.strip(), created_by=author_of(by)
    )
    save_checked(consent)
    return consent
