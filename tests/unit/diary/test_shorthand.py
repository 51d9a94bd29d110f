"""What a nurse types into the medicines column, and what it means."""

import pytest

from apps.diary.entries import IntakeEntry
from apps.diary.shorthand import (
    Reading,
    ShorthandError,
    Words,
    letters_for,
    read_intakes,
    read_legend,
    write_intakes,
    write_legend,
)

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
        ("R1!", taken(rizatriptan=1)),
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
        ("R!!", "medicine first"),
        ("!", "medicine first"),
        ("R99999999999", "medicine first"),
        ("½ R", "medicine first"),
        ("\x00R", "medicine first"),
    ],
)
def test_not_readable(text: str, instruction: str) -> None:
    with pytest.raises(ShorthandError, match=instruction):
        read_intakes(text, WORDS)


@pytest.mark.parametrize("text", ["R!", "R1!", "R 1!", "R 1 !", "Rx1!", "riza !"])
def test_an_exclamation_mark_says_before_the_pain(text: str) -> None:
    (intake,) = read_intakes(text, WORDS).intakes
    assert (intake.code, intake.doses, intake.taken_before_pain) == ("rizatriptan", 1, True)


def test_before_the_pain_is_said_of_one_medicine_and_not_of_the_other() -> None:
    before = {each.code: each.taken_before_pain for each in read_intakes("R1 R1! I2", WORDS).intakes}
    assert before == {"rizatriptan": True, "ibuprofen": None}
    assert write_intakes(read_intakes("R2! I2", WORDS).intakes, known=True, letters=WORDS.letters) == "I2 R2!"


def test_letters_that_are_printed_stay_and_others_are_found_for_the_rest() -> None:
    printed = {"R": "rizatriptan", "I": "ibuprofen"}
    letters = letters_for(["indometacin", "ibuprofen", "rimegepant"], printed=printed)
    assert letters == {**printed, "IN": "indometacin", "RI": "rimegepant"}


def test_a_legend_is_read_back_without_medicines_that_nobody_knows() -> None:
    letters = {"R": "rizatriptan", "I": "ibuprofen"}
    assert read_legend(write_legend(letters), WORDS.names) == letters
    assert read_legend("r=rizatriptan;U=unobtainium;=ibuprofen;nonsense", WORDS.names) == {"R": "rizatriptan"}


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
