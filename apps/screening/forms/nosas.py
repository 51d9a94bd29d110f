"""NoSAS: two things are measured, one is asked, age and sex come from the chart."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from apps.clinical.instruments.base import Item
from apps.clinical.instruments.nosas import TENTHS
from apps.patients.choices import Sex
from apps.screening.forms.fields import number_field
from apps.screening.forms.sheet import AnswerForm

MALE = {Sex.MALE: 1, Sex.FEMALE: 0}

HEIGHT = Item("height", "Height", 100, 250, unit="cm")
WEIGHT = Item("weight", "Weight", 200, 3500, unit="kg", decimals=1)


def body_mass_index(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """kg/m² with one decimal, cut off and not rounded: 29.96 is not yet 30."""
    exact = weight_kg * 10_000 / (height_cm * height_cm)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_FLOOR)


class NosasForm(AnswerForm):
    """The body mass index is entered, or worked out from height and weight, which are not kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["height"] = number_field(HEIGHT)
        self.fields["weight"] = number_field(WEIGHT)
        self.fields["bmi"].required = False
        self.fields["bmi"].label = "Or the body mass index, when it is known"
        self.order_fields(self.places())

    @property
    def from_chart(self) -> dict[str, int]:
        """What the chart knows: the sex, when it is one the score has points for."""
        male = MALE.get(Sex(self.patient.sex))
        return {} if male is None else {"male": male}

    def items_to_ask(self) -> list[Item]:
        return [item for item in self.found.items if item.key != "age" and item.key not in self.from_chart]

    def places(self) -> list[str]:
        return ["neck", "height", "weight", "bmi", "snores", *super().places()]

    @property
    def given(self) -> dict[str, int]:
        measured = super().given
        if not measured:
            return {}
        height, weight = self.cleaned_data.get("height"), self.cleaned_data.get("weight")
        if height and weight:
            measured["bmi"] = self._index(height, weight)
        return {**measured, **self.from_chart, "age": self.patient.age_on(self._day)}

    def clean(self) -> dict[str, Any]:
        self._check_body()
        return super().clean()

    @property
    def _day(self) -> date:
        day: date = self.cleaned_data.get("answered_on") or self.today
        return day

    def _check_body(self) -> None:
        height, weight, index = (self.cleaned_data.get(name) for name in ("height", "weight", "bmi"))
        if index is not None and (height is not None or weight is not None):
            self.add_error("bmi", "Enter height and weight, or the body mass index, not both.")
        elif height is not None and weight is None:
            self.add_error("weight", "Enter the weight too.")
        elif self._must_be_answered and index is None and height is None and "bmi" not in self.errors:
            self.add_error(
                "height", "Enter height and weight, or the body mass index, or say below that it stays unanswered."
            )
        elif weight is not None and height is None:
            self.add_error("height", "Enter the height too.")
        elif height is not None and weight is not None and self._index(height, weight) not in self._item("bmi"):
            self.add_error("weight", "Check height and weight: together they can't be right.")

    def _item(self, key: str) -> Item:
        return next(item for item in self.found.items if item.key == key)

    @staticmethod
    def _index(height: Decimal, weight: Decimal) -> int:
        return int(body_mass_index(height, weight) * TENTHS)
