"""Wording of the treatment pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.core.dates import short_time
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import Prescribing
from apps.patients.services.prescribers import may_name_prescriber


@dataclass(frozen=True)
class LockedMedicines:
    """Why somebody can't change the medicines, and what they can do: a locked control explains itself."""

    title: str
    who_may: str
    covers_today: str
    how: str
    url: str = ""
    action: str = ""

    @classmethod
    def of(cls, patient: Patient, prescribing: Prescribing, user: Any) -> "LockedMedicines":
        """Explain the lock to `user`, who may not change medicines at the moment."""
        if prescribing.effective is None:
            return cls._without_prescriber(patient, user)
        if prescribing.effective.pk == user.pk:
            return cls(
                title="You can't change medicines today",
                who_may=f"{user}, with a prescriber credential that is valid today",
                covers_today="",
                how="Your prescriber credential is not valid today. Ask the clinic manager to renew it.",
            )
        return cls(
            title="Medicines are changed by the prescriber alone",
            who_may=_in_charge(prescribing),
            covers_today=_cover(prescribing),
            how=f"Tell {prescribing.effective} what you would change, and why. Only their entry counts.",
        )

    @classmethod
    def _without_prescriber(cls, patient: Patient, user: Any) -> "LockedMedicines":
        refusal = may_name_prescriber(user, patient)
        return cls(
            title="No prescriber is named",
            who_may="Nobody yet: medicines can be changed once the designated prescriber is named",
            covers_today="",
            how=refusal or "Name the designated prescriber.",
            url="" if refusal else reverse("patients:name_prescriber", kwargs={"patient_id": patient.pk}),
            action="" if refusal else "Name the prescriber",
        )


def _in_charge(prescribing: Prescribing) -> str:
    designated = prescribing.designated
    return f"{designated.prescriber}, designated prescriber" if designated else str(prescribing.effective)


def _cover(prescribing: Prescribing) -> str:
    cover = prescribing.cover
    return f"{cover.prescriber}, until {short_time(cover.period.upper)}" if cover else ""
