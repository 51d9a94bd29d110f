"""The form kit: every form of the clinic derives from ClinicForm and speaks in instructions."""

from apps.core.forms.clinic_form import ClinicForm, Conditional
from apps.core.forms.dates import ClinicDateField
from apps.core.forms.hidden import FormTokenMixin, VersionMixin
from apps.core.forms.saving import Attempt, attempt

__all__ = [
    "Attempt",
    "ClinicDateField",
    "ClinicForm",
    "Conditional",
    "FormTokenMixin",
    "VersionMixin",
    "attempt",
]
