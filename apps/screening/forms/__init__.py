"""Forms of screening."""

from apps.screening.forms.nosas import NosasForm
from apps.screening.forms.safety import CloseTaskForm
from apps.screening.forms.sheet import AnswerForm

__all__ = ["AnswerForm", "CloseTaskForm", "NosasForm"]
