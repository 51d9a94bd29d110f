"""The clinic's own leaflets: easy to read, with sources, in date, without promises."""

import html
import re

import pytest
import textstat

from apps.education.library import library
from apps.education.reader import Leaflet, read_leaflets
from tests.factories.education import ALL

LEAFLETS = read_leaflets()

# Recommended for patients: the sixth to eighth school year at most (AMA, NIH).
HIGHEST_GRADE = 8.0


def prose_of(leaflet: Leaflet) -> str:
    """The paragraphs only: headings and list items are no sentences and would make the text look easier than it is."""
    paragraphs = re.findall(r"<p>(.*?)</p>", leaflet.html, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", paragraph)) for paragraph in paragraphs)


def test_the_three_leaflets_are_there() -> None:
    assert set(ALL) <= set(library())


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.key)
def test_reading_grade(leaflet: Leaflet) -> None:
    measured = textstat.flesch_kincaid_grade(prose_of(leaflet))
    assert measured <= HIGHEST_GRADE
    assert leaflet.reading_grade == pytest.approx(measured, abs=0.3)


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.key)
def test_sentences_are_short(leaflet: Leaflet) -> None:
    sentences = re.split(r"[.?!:]\s", prose_of(leaflet))
    longest = max(sentences, key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 25, longest


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.key)
def test_no_promises(leaflet: Leaflet) -> None:
    assert not re.search(r"\b(cure|cures|guarantee|will work|will help|always works|pain-free)\b", prose_of(leaflet))


def test_a_hard_text_would_be_found() -> None:
    hard = (
        "Pharmacological prophylaxis necessitates individualised consideration of comorbidities, contraindications "
        "and the anticipated longitudinal tolerability of antihypertensive medication."
    )
    assert textstat.flesch_kincaid_grade(hard) > HIGHEST_GRADE
