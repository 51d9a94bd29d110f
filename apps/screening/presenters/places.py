"""The pages of a patient's screening, for the row of links on each of them."""

from apps.accounts.models import User
from apps.core.navigation import Entry
from apps.patients.models import Patient
from apps.patients.presenters.places import chart_places

_PLACES = (
    ("questionnaires", "Questionnaires", "screening:overview"),
    ("course", "Over time", "screening:course"),
    ("sleep", "Sleep", "screening:sleep"),
    ("overuse", "Overuse", "screening:overuse"),
    ("withdrawal", "Withdrawal", "screening:withdrawal"),
    ("causes", "Other causes", "screening:causes"),
    ("adversity", "Adversity", "screening:adversity"),
)


def screening_places(user: User, patient: Patient, current: str) -> list[Entry]:
    """The pages of screening that this person may open; `current` is the key of the one that is open."""
    return chart_places(user, patient, current, _PLACES)
