"""What an instrument asks: one item, its range, how it is answered and when it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Answers = Mapping[str, int | None]

NO_YES = ((0, "No"), (1, "Yes"))

# "Prefers not to answer" is stored as a number that no item can score.
DECLINED = 99
PREFERS_NOT = (DECLINED, "Prefers not to answer")


class Input(StrEnum):
    """How an item is answered on a form."""

    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """The condition of an item that is not always asked: the answer to an earlier item that leads to it."""

    key: str
    value: int

    def holds(self, answers: Answers) -> bool:
        """Whether the answers so far lead to the item; an earlier item without an answer does not."""
        return answers.get(self.key) == self.value


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to enter.

    key: its name in the stored answers. lowest, highest: stored values allowed, both included.
    label: its text, or a neutral name where the licence allows no wording.
    choices: value and words of each answer, for Input.CHOICE and Input.YES_NO.
    allowed: the only values of a number whose range has gaps; empty for a whole range.
    decimals: places entered after the point; the stored answer is always a whole number of the
    smallest step, so that 40.5 cm with one decimal is stored as 405.
    counted: False for what is recorded beside the score. required: False when it may stay empty.
    asked_when: the condition under which it is asked; None for always.
    refusable: "prefers not to answer" is an answer of its own (DECLINED) and is never counted.
    """

    key: str
    label: str
    lowest: int
    highest: int
    input: Input = Input.NUMBER
    unit: str = ""
    decimals: int = 0
    choices: tuple[tuple[int, str], ...] = ()
    loinc: str | None = None
    counted: bool = True
    required: bool = True
    allowed: tuple[int, ...] = ()
    asked_when: AskedWhen | None = None
    refusable: bool = False

    def __contains__(self, value: object) -> bool:
        """True for a whole number the item allows; a bool is not a number."""
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        if self.refusable and value == DECLINED:
            return True
        return self.lowest <= value <= self.highest and (not self.allowed or value in self.allowed)

    @property
    def values(self) -> tuple[int, ...]:
        """Every value that can be counted, lowest first; "prefers not to answer" is none."""
        return self.allowed or tuple(range(self.lowest, self.highest + 1))

    def shown(self, stored: int) -> Decimal:
        """Turn a stored answer into the number people read: 405 with one decimal is 40.5."""
        return Decimal(stored).scaleb(-self.decimals)

    def stored(self, entered: Decimal) -> int:
        """Turn an entered number into the stored one. Raises ValueError for too many decimals."""
        scaled = entered.scaleb(self.decimals)
        if scaled != scaled.to_integral_value():
            raise ValueError(self.instruction)
        return int(scaled)

    @property
    def instruction(self) -> str:
        """What to enter, as a form error."""
        if self.allowed:
            return f"Enter {', '.join(map(str, self.allowed[:-1]))} or {self.allowed[-1]}"
        kind = f"a number with at most {self.decimals} decimal" if self.decimals else "a whole number"
        return f"Enter {kind} from {self.shown(self.lowest)} to {self.shown(self.highest)}"


def numbered(
    how_many: int, lowest: int, highest: int, *, word: str = "Item", allowed: tuple[int, ...] = ()
) -> tuple[Item, ...]:
    """Make items that show no wording: "Item 1" and so on, each a number from lowest to highest."""
    return tuple(
        Item(f"item{place}", f"{word} {place}", lowest, highest, allowed=allowed) for place in range(1, how_many + 1)
    )


def yes_no(
    key: str,
    label: str,
    *,
    loinc: str | None = None,
    counted: bool = True,
    asked_when: AskedWhen | None = None,
    refusable: bool = False,
) -> Item:
    """Make an item answered by yes or no, stored as 1 or 0."""
    return Item(
        key,
        label,
        0,
        1,
        input=Input.YES_NO,
        choices=(*NO_YES, PREFERS_NOT) if refusable else NO_YES,
        loinc=loinc,
        counted=counted,
        required=counted,
        asked_when=asked_when,
        refusable=refusable,
    )


def numbered_yes_no(how_many: int, *, refusable: bool = False) -> tuple[Item, ...]:
    """Make yes-or-no items that show no wording: "Item 1" and so on."""
    return tuple(yes_no(f"item{place}", f"Item {place}", refusable=refusable) for place in range(1, how_many + 1))
