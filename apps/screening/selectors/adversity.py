"""Reading what is asked under a consent of its own. Only pages for those with the narrower right call this."""

from apps.patients.models import Patient
from apps.screening.choices import ConsentAnswer, SensitiveTopic
from apps.screening.models import Administration, SensitiveConsent
from apps.screening.offered import sensitive_codes
from apps.screening.selectors.sheets import VALID


def consents_of(patient: Patient, topic: SensitiveTopic = SensitiveTopic.ADVERSITY) -> list[SensitiveConsent]:
    """What the patient answered when asked for consent, newest first. One query."""
    return list(SensitiveConsent.objects.filter(patient=patient, topic=topic).select_related("created_by"))


def may_be_asked(patient: Patient, topic: SensitiveTopic = SensitiveTopic.ADVERSITY) -> bool:
    """Whether the patient's newest answer agrees to be asked; without any answer, no. One query."""
    newest = SensitiveConsent.objects.filter(patient=patient, topic=topic).values_list("answer", flat=True).first()
    return newest == ConsentAnswer.GIVEN


def sensitive_sheets_of(patient: Patient) -> list[Administration]:
    """The finished sensitive sheets that count, newest first. One query."""
    sheets = Administration.objects.filter(VALID, patient=patient, instrument__in=sensitive_codes())
    return list(sheets.select_related("recorded_by", "supersedes"))
