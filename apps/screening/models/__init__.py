"""Tables of screening: answer sheets and the safety tasks they open."""

from apps.screening.models.administration import Administration
from apps.screening.models.safety import SafetyTask

__all__ = ["Administration", "SafetyTask"]
