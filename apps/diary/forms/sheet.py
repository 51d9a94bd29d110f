"""Which diary sheets to print."""

from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings

from apps.clinical.periods import ONE_DAY, calendar_month
from apps.core.dates import month_title
from apps.core.forms import ClinicForm
from apps.diary.printing import MOST_MONTHS, Paper

# A sheet is given before its month or, when somebody forgot, during or just after it.
_MONTHS_BEFORE: Final = 2
_MONTHS_AFTER: Final = 3


class SheetForm(ClinicForm):
    """The first month, how many months, the paper. `first_months` are the first days of the chosen months."""

    first = forms.ChoiceField(label="First month")
    number = forms.TypedChoiceField(
        label="How many months",
        coerce=int,
        choices=[(number, f"{number} month{'' if number == 1 else 's'}") for number in range(1, MOST_MONTHS + 1)],
        help_text="One page each",
    )
    paper = forms.ChoiceField(
        label="Paper", choices=[(paper.value, paper.value) for paper in Paper], widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, today: date, wanted: date | None = None) -> None:
        months = _around(today)
        first = wanted if wanted in months else today.replace(day=1)
        super().__init__(data, initial={"first": f"{first:%Y-%m}", "number": 1, "paper": settings.PAPER})
        self.fields["first"].choices = [(f"{month:%Y-%m}", month_title(month)) for month in months]  # type: ignore[attr-defined]

    @property
    def first_months(self) -> list[date]:
        """The first days of the months that were chosen."""
        months = [date.fromisoformat(f"{self.cleaned_data['first']}-01")]
        while len(months) < self.cleaned_data["number"]:
            months.append(_next(months[-1]))
        return months

    @property
    def chosen_paper(self) -> Paper:
        return Paper(self.cleaned_data["paper"])


def _around(today: date) -> list[date]:
    month = today.replace(day=1)
    for _ in range(_MONTHS_BEFORE):
        month = (month - ONE_DAY).replace(day=1)
    months = [month]
    while len(months) <= _MONTHS_BEFORE + _MONTHS_AFTER:
        months.append(_next(months[-1]))
    return months


def _next(month: date) -> date:
    return calendar_month(month.year, month.month).last + ONE_DAY
