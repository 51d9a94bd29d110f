"""Forms of screening."""

from apps.screening.forms.licences import ConfirmLicenceForm, WithdrawLicenceForm, WordingForm
from apps.screening.forms.nosas import NosasForm
from apps.screening.forms.safety import AssignTaskForm, CloseTaskForm
from apps.screening.forms.sheet import AnswerForm

__all__ = [
    "AnswerForm",
    "AssignTaskForm",
    "CloseTaskForm",
    "ConfirmLicenceForm",
    "NosasForm",
    "WithdrawLicenceForm",
    "WordingForm",
]
