"""What holds for every instrument and any answers: direction, range, repeatability, refusals."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.clinical.instruments import DECLINED, Instrument, Item, Score, all_instruments

EVERY = pytest.mark.parametrize("found", all_instruments(), ids=lambda found: found.code)
SHORT = settings(max_examples=20)

GRAVENESS = {"none": 0, "low": 1, "moderate": 2, "high": 3}

# Higher answers make the result higher, except where they are turned round before they are added.
TURNED_ROUND = {"msq21"}


def whole_answers_to(found: Instrument) -> st.SearchStrategy[dict[str, int | None]]:
    return st.fixed_dictionaries({item.key: st.sampled_from(item.values) for item in found.items})


def answers_to(found: Instrument) -> st.SearchStrategy[dict[str, int | None]]:
    """Answers with a few holes: with many the total is refused, and nothing is learnt about it."""
    refusable = [item.key for item in found.items if item.refusable]
    holes = st.lists(st.sampled_from([item.key for item in found.items]), max_size=4)
    declined = st.lists(st.sampled_from(refusable), max_size=2) if refusable else st.just([])
    return st.builds(
        lambda whole, missing, refused: whole | dict.fromkeys(missing) | dict.fromkeys(refused, DECLINED),
        whole_answers_to(found),
        holes,
        declined,
    )


def two_values(item: Item) -> st.SearchStrategy[tuple[int, int]]:
    """Two values of an item, the lower first."""
    places = st.integers(0, len(item.values) - 2)
    return places.flatmap(lambda low: st.tuples(st.just(item.values[low]), st.sampled_from(item.values[low + 1 :])))


def sum_with(found: Instrument, answers: dict[str, int | None], end: Callable[[tuple[int, ...]], int]) -> int:
    """The sum when every missing answer were the lowest, or the highest, of its item."""
    given = ((answers[item.key], item) for item in found.counted_items)
    return sum(end(item.values) if value is None else value for value, item in given)


def results(score: Score) -> list[Any]:
    """Everything that is a number in a score, and the rank of a category."""
    numbers = [score.total, *(each.value for each in score.subscores)]
    return [*numbers, GRAVENESS[score.category] if score.category else None]


@EVERY
@SHORT
@given(data=st.data())
def test_a_higher_answer_never_goes_the_wrong_way(found: Instrument, data: st.DataObject) -> None:
    answers = data.draw(answers_to(found))
    item = data.draw(st.sampled_from(found.counted_items))
    lower, higher = data.draw(two_values(item))
    first, second = found.score({**answers, item.key: lower}), found.score({**answers, item.key: higher})
    for low, high in zip(results(first), results(second), strict=True):
        if low is not None and high is not None:
            assert low >= high if found.code in TURNED_ROUND else low <= high
    assert len(second.alerts) >= len(first.alerts), "a graver answer never takes an alert away"
    if first.positive is not None and second.positive is not None:
        assert second.positive >= first.positive if found.higher_is_worse else second.positive <= first.positive


@EVERY
@SHORT
@given(data=st.data())
def test_results_stay_in_their_range_and_say_why_when_there_is_none(found: Instrument, data: st.DataObject) -> None:
    answers = data.draw(answers_to(found))
    score = found.score(answers)
    complete = not found.unanswered(answers) and not found.declined(answers)
    if score.total is not None:
        assert found.highest_total is not None
        assert found.lowest_total <= score.total <= found.highest_total
        assert score.prorated is not complete, "an incomplete total is marked, and only that"
        if complete:
            assert found.possible_total(score.total)
    if score.total is not None and score.prorated:
        low, high = sum_with(found, answers, min), sum_with(found, answers, max)
        assert low <= score.total <= high, "an estimate lies between the best and the worst that is missing"
    if complete:
        assert not score.reasons
    for scale, each in zip(found.subscales, score.subscores, strict=True):
        assert each.value is None or scale.lowest <= each.value <= scale.highest
        assert bool(each.reasons) is (each.value is None)


@EVERY
@SHORT
@given(data=st.data())
def test_scoring_again_gives_the_same(found: Instrument, data: st.DataObject) -> None:
    answers = data.draw(answers_to(found))
    kept = {key: value for key, value in answers.items() if value is not None}
    assert found.score(answers) == found.score(dict(reversed(kept.items())))


@EVERY
@SHORT
@given(data=st.data())
def test_a_total_alone_means_what_its_answers_mean(found: Instrument, data: st.DataObject) -> None:
    score = found.score(data.draw(whole_answers_to(found)))
    if score.total is None or score.notes:
        return
    alone = found.from_total(score.total)
    assert (alone.total, alone.band) == (score.total, score.band)


@EVERY
@settings(max_examples=5)
@given(data=st.data())
def test_an_unknown_key_is_refused_among_good_answers(found: Instrument, data: st.DataObject) -> None:
    known = {item.key for item in found.items}
    stranger = data.draw(st.text(max_size=8).filter(lambda key: key not in known))
    with pytest.raises(ValueError, match="has no item"):
        found.score({**data.draw(answers_to(found)), stranger: 0})
