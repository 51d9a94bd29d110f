"""Starting a set on the tablet, and what the patient answers on it: one question a form."""

from collections.abc import Collection
from typing import Any, Final

from django import forms

from apps.clinical.instruments import DECLINED, Item
from apps.core.forms import ClinicForm, FormTokenMixin
from apps.screening.choices import Helper
from apps.screening.forms.fields import item_field
from apps.screening.selectors.tablet_offers import Offers
from apps.screening.tablet_secrets import CODE_DIGITS

CHOOSE: Final = "Choose an answer, or press “I’d rather not answer”."
WRONG_CODE: Final = "This code does not open anything. Check the six digits, or ask for a new code."
# More numbers than these are typed, not chosen.
MOST_BUTTONS: Final = 11

_HELPERS: Final = (
    (Helper.NOBODY, "Nobody, I answer alone"),
    (Helper.RELATIVE, "A relative or friend"),
    (Helper.STAFF, "Somebody from the clinic"),
)


class StartTabletForm(FormTokenMixin, ClinicForm):
    """Which questionnaires, in which language; those that are due come first and are ticked."""

    questionnaires = forms.MultipleChoiceField(
        label="Questionnaires",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one questionnaire."},
    )
    language = forms.CharField(widget=forms.HiddenInput, max_length=8)

    def __init__(self, *args: Any, offers: Offers, due: Collection[str], **kwargs: Any) -> None:
        ticked = [offer.code for offer in offers.possible if offer.code in due and not offer.sensitive]
        super().__init__(*args, initial={"questionnaires": ticked, "language": offers.language}, **kwargs)
        possible = sorted(offers.possible, key=lambda offer: offer.code not in due)
        self.fields["questionnaires"].choices = [  # type: ignore[attr-defined]
            (offer.code, f"{offer.label}, due" if offer.code in due else offer.label) for offer in possible
        ]


class CodeForm(ClinicForm):
    """The code that somebody of the clinic reads out."""

    code = forms.CharField(
        label="Code from the clinic",
        max_length=20,
        help_text="Six digits",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Enter the six digits."},
    )

    def clean_code(self) -> str:
        """The digits alone: people write a blank in the middle."""
        digits = "".join(self.cleaned_data["code"].split())
        if not (len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(WRONG_CODE)
        return digits


class WhoHelpsForm(ClinicForm):
    """Who is with the patient."""

    helper = forms.ChoiceField(
        label="Does anybody help you with the answers?",
        choices=_HELPERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )


class QuestionForm(ClinicForm):
    """One question in large type. wording: the clinic's own copy of its text, where ours may not be shown."""

    def __init__(self, *args: Any, item: Item, wording: str = "", given: int | None = None, **kwargs: Any) -> None:
        self.item = item
        chosen = given is not None and given != DECLINED
        shown = None if not chosen else given if self._by_button else item.shown(given or 0)
        super().__init__(*args, initial={"answer": shown}, **kwargs)
        field = self._buttons() if self._by_button else item_field(item)
        field.label = wording or item.label
        field.required = True
        field.error_messages["required"] = CHOOSE if self._by_button else f"{item.instruction}."
        self.fields["answer"] = field

    @property
    def only_numbers(self) -> bool:
        """Whether the answers to choose from are bare numbers, which stand in a row."""
        return self._by_button and not self.item.choices

    @property
    def stored(self) -> int:
        """The answer as it is kept: a whole number."""
        typed = self.cleaned_data["answer"]
        return int(typed) if self._by_button else self.item.stored(typed)

    @property
    def _by_button(self) -> bool:
        few = len(self.item.values) <= MOST_BUTTONS and not self.item.decimals and not self.item.unit
        return bool(self.item.choices) or few

    def _buttons(self) -> forms.ChoiceField:
        words = [(value, text) for value, text in self.item.choices if value != DECLINED]
        return forms.ChoiceField(
            choices=words or [(value, str(value)) for value in self.item.values],
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": CHOOSE},
        )
