"""Scores beside headache days: places follow values, the band around the first score, and the table says the same."""

from datetime import date

import pytest

from apps.charts import Event, Month, MonthCount, ScoreCourse, ScoreLine, ScorePoint, Svg, score_course, score_table
from tests.unit.charts.drawn import SVG, classes, parsed, spoken, words

MONTHS = (
    Month("Sep 2026", date(2026, 9, 1), date(2026, 9, 30)),
    Month("Oct 2026", date(2026, 10, 1), date(2026, 10, 31)),
)
FIRST = ScorePoint(date(2026, 9, 3), 18, "18")
LATER = ScorePoint(date(2026, 10, 20), 9, "9", "better")
PHQ = ScoreLine("PHQ-9", "0 to 27, more is worse", 0, 27, (FIRST, LATER), ((10, "moderate"), (15, "severe")), (14, 22))
COURSE = ScoreCourse(
    MONTHS, (MonthCount(12, 12, 30), MonthCount(8, 14, 25)), (Event(date(2026, 9, 20), "topiramate begun"),), (PHQ,)
)


def drawn(course: ScoreCourse = COURSE) -> Svg:
    return score_course(course, prefix="s", title="Mood")


def test_names_values_bands_and_changes_are_written() -> None:
    assert {"PHQ-9", "18", "9", "10 moderate", "15 severe", "topiramate begun", "8–14"} <= set(words(drawn()))


def test_a_lower_score_lies_lower_and_a_change_that_matters_is_filled() -> None:
    first, later = parsed(drawn()).iter(f"{SVG}circle")
    assert float(first.get("cy", 0)) < float(later.get("cy", 0))
    assert (first.get("class"), later.get("class")) == ("c-point", "c-point c-changed")


def test_the_band_holds_the_first_score_and_begins_at_its_day() -> None:
    svg = parsed(drawn())
    band = [each for each in svg.iter(f"{SVG}rect") if each.get("class") == "c-steady"][-1]
    first = next(svg.iter(f"{SVG}circle"))
    top, height = float(band.get("y", 0)), float(band.get("height", 0))
    assert top < float(first.get("cy", 0)) < top + height
    assert float(band.get("x", 0)) == float(first.get("cx", 0))


def test_without_a_source_there_is_no_band() -> None:
    line = ScoreLine("PHQ-4", "0 to 12, more is worse", 0, 12, (ScorePoint(date(2026, 9, 3), 5, "5"),))
    assert "c-steady" not in classes(drawn(ScoreCourse(MONTHS, COURSE.headache, (), (line,))))


def test_the_description_and_the_table_say_the_same() -> None:
    assert spoken(drawn()) == ["PHQ-9, 3 Sep 2026: 18", "PHQ-9, 20 Oct 2026: 9 (better, a change that matters)"]
    table = score_table(COURSE, caption="Mood")
    assert table.columns == ("Month", "Headache days", "Changes of medicines", "PHQ-9")
    assert table.rows[0] == ("Sep 2026", "12", "topiramate begun", "18")
    assert table.rows[1] == ("Oct 2026", "8 to 14", "none", "9 (better, a change that matters)")


@pytest.mark.parametrize("lines", [(), (PHQ,)], ids=["no line", "counts and months differ"])
def test_what_does_not_fit_together_is_refused(lines: tuple[ScoreLine, ...]) -> None:
    with pytest.raises(ValueError, match="a headache count for each"):
        ScoreCourse(MONTHS, (MonthCount(1, 1, 30),) if lines else COURSE.headache, (), lines)


def test_it_may_not_be_narrower_than_it_can_be_read() -> None:
    with pytest.raises(ValueError, match="at least 520"):
        score_course(COURSE, prefix="s", title="Mood", width=300)
