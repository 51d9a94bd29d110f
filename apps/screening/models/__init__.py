"""Tables of screening: answer sheets, the safety tasks they open, what the clinic may show of protected wording."""

from apps.screening.models.administration import Administration
from apps.screening.models.licence import InstrumentLicence, InstrumentWording
from apps.screening.models.safety import SafetyTask

__all__ = ["Administration", "InstrumentLicence", "InstrumentWording", "SafetyTask"]
