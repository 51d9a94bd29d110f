"""What a nurse types into the medicines column, and what it means."""

import pytest

from apps.diary.entries import IntakeEntry
from apps.diary.shorthand import Reading, ShorthandError, Words, letters_for, read_intakes, write_intakes

CODES = ["rizatriptan", "ibuprofen", "sumatriptan-oral", "sumatriptan-nasal", "paracetamol", "paracetamol-caffeine"]
WORDS = Words(letters=letters_for(["rizatriptan", "ibuprofen"]), names={code: code for code in CODES})


def taken(**doses: int) -> Reading:
    names = {"x": None}
    intakes = [IntakeEntry(names.get(code, code.replace("_", "-")), number) for code, number in doses.items()]
    return Reading(tuple(sorted(intakes, key=lambda each: (each.code is None, each.code or ""))), known=True)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("R1", taken(rizatriptan=1)),
        ("r", taken(rizatriptan=1)),
        ("R1 I2", taken(rizatriptan=1, ibuprofen=2)),
        ("r1,i2", taken(rizatriptan=1, ibuprofen=2)),
        (" I 2 ; R ", taken(rizatriptan=1, ibuprofen=2)),
        ("Rx2", taken(rizatriptan=2)),
        ("R×2", taken(rizatriptan=2)),
        ("R R", taken(rizatriptan=2)),
        ("riza 2", taken(rizatriptan=2)),
        ("Ibuprofen2", taken(ibuprofen=2)),
        ("paracetamol 3", taken(paracetamol=3)),
        ("sumatriptan-nasal", taken(sumatriptan_nasal=1)),
        ("sumatriptan-n 20", taken(sumatriptan_nasal=20)),
        ("X2", taken(x=2)),
        ("0", Reading((), known=True)),
        ("none", Reading((), known=True)),
        ("-", Reading((), known=True)),
        ("", Reading((), known=False)),
        ("   ", Reading((), known=False)),
        ("?", Reading((), known=False)),
        ("R1 ?", Reading((IntakeEntry("rizatriptan", 1),), known=False)),
    ],
)
def test_readable(text: str, reading: Reading) -> None:
    assert read_intakes(text, WORDS) == reading


@pytest.mark.parametrize(
    ("text", "instruction"),
    [
        ("suma 1", "Write more of the name"),
        ("Q1", "Write a letter from the list"),
        ("ibuprofen 400", "not milligrams"),
        ("R0", "1 to 20"),
        ("R21", "not milligrams"),
        ("R15 R6", "more than 20 doses"),
        ("2 R", "medicine first"),
        ("R1!", "medicine first"),
        ("R99999999999", "medicine first"),
        ("½ R", "medicine first"),
        ("\x00R", "medicine first"),
    ],
)
def test_not_readable(text: str, instruction: str) -> None:
    with pytest.raises(ShorthandError, match=instruction):
        read_intakes(text, WORDS)


def test_an_own_medicine_is_meant_when_the_beginning_fits_only_that_one() -> None:
    words = Words(letters=letters_for(["sumatriptan-nasal"]), names=WORDS.names)
    assert read_intakes("suma 1", words) == taken(sumatriptan_nasal=1)


def test_letters_are_short_different_and_never_x() -> None:
    codes = ["sumatriptan-oral", "sumatriptan-nasal", "sumatriptan-naproxen", "sulpiride", "xylometazoline"]
    assert letters_for(codes) == {
        "S": "sumatriptan-oral",
        "SN": "sumatriptan-nasal",
        "SU": "sumatriptan-naproxen",
        "SUL": "sulpiride",
        "XY": "xylometazoline",
    }


@pytest.mark.parametrize("text", ["R1 I2", "R1 ?", "0", "", "X3", "sumatriptan-oral 1", "sumatriptan-nasal 2 X1"])
def test_what_is_written_is_read_back(text: str) -> None:
    reading = read_intakes(text, WORDS)
    written = write_intakes(reading.intakes, known=reading.known, letters=WORDS.letters)
    assert read_intakes(written, WORDS) == reading
