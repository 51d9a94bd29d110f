"""The list of patients above, near or perhaps above a limit, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from apps.clinical.counting import Count, days_word
from apps.diary.selectors.above import ALL, CLASSES, Order, PatientStanding, Standing, Subject

STANDINGS: Final = {
    Standing.REACHED: ("Limit reached", "danger"),
    Standing.NEAR: ("Near a limit", "warn"),
    Standing.CANNOT_TELL: ("Cannot tell", "plain"),
}
SHOW_CHOICES: Final = (
    ("", "Everybody listed"),
    *((each.value, label) for each, (label, _tone) in STANDINGS.items()),
)
CLASS_CHOICES: Final = (("", "All classes"), *((each.code, each.name[:1].upper() + each.name[1:]) for each in CLASSES))
ORDER_CHOICES: Final = (
    (Order.MOST_DAYS.value, "Most days"),
    (Order.LEAST_KNOWN.value, "Most days not known"),
    (Order.NAME.value, "Name"),
)


@dataclass(frozen=True)
class CountPart:
    """A count of the row: "Triptan 11–13 of 10". weight: "danger" at the limit, "warn" at the early warning."""

    text: str
    tone: str


@dataclass(frozen=True)
class AboveRow:
    """A row of the list. The counts are of the 30 days; `not_known` says for how many of them nobody can tell."""

    name: str
    clinic_number: str
    url: str
    standing: str
    tone: str
    all_together: str
    parts: tuple[CountPart, ...]
    not_known: str


def above_row(standing: PatientStanding, on: date) -> AboveRow:
    """A patient of the list; the row leads to the month of the diary that ends the window."""
    patient = standing.patient
    label, tone = STANDINGS[standing.standing]
    acute = dict(standing.counts)[ALL]
    return AboveRow(
        name=f"{patient.family_name}, {patient.given_name}",
        clinic_number=patient.clinic_number,
        url=reverse("diary:month", args=[patient.pk, on]),
        standing=label,
        tone=tone,
        all_together=str(acute),
        parts=tuple(_part(subject, count) for subject, count in standing.counts if _worth_a_word(subject, count)),
        not_known=days_word(len(acute.open_days)) if acute.open_days else "",
    )


def address(chosen: Mapping[str, str], *, page: int = 1) -> str:
    """The list's address with what was chosen, at a page."""
    given = {name: value for name, value in chosen.items() if value} | ({"page": str(page)} if page > 1 else {})
    return f"{reverse('diary:above')}?{urlencode(given)}" if given else reverse("diary:above")


def _worth_a_word(subject: Subject, count: Count) -> bool:
    """Classes that were taken; an ingredient only from its warning on, because its class is there already."""
    if subject is ALL:
        return False
    least = 1 if subject.limit is not None else subject.warning_from or 1
    return len(count.counted_days) >= least


def _part(subject: Subject, count: Count) -> CountPart:
    days = count.interval.lower
    name = subject.name[:1].upper() + subject.name[1:]
    if subject.limit is None:
        return CountPart(f"{name} {count}, warning from {subject.warning_from}", "warn")
    if days >= subject.limit:
        tone = "danger"
    else:
        tone = "warn" if subject.warning_from is not None and days >= subject.warning_from else "plain"
    return CountPart(f"{name} {count} (limit {subject.limit})", tone)
