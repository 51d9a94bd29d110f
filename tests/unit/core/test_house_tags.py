"""The template tags, rendered without a view."""

import datetime
import tomllib
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template

from apps.core.version import VERSION


def rendered(source: str, **context: Any) -> str:
    return Template("{% load house %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ day|short_date }}", "29 Feb 2024"),
        ("{{ day|long_date }}", "29 February 2024"),
        ("{{ day|month_title }}", "February 2024"),
        ("{{ nothing|short_date }}|{{ nothing|short_time }}", "|"),
        ("{% plural 1 'day' %} {% plural 0 'day' %} {% plural 2 'entry' 'entries' %}", "1 day 0 days 2 entries"),
        ("{% interval 13 17 %} {% interval 13 13 %} {% interval 0 0 %} {% interval nothing %}", "13–17 13 0 not known"),
        ("{% state_tag 'Cannot tell' 'warn' %}", '<span class="tag tag-warn">Cannot tell</span>'),
        ("{% state_tag 'Draft' %}", '<span class="tag">Draft</span>'),
        ("[{% url_or_none 'no:such' %}]", "[]"),
        ("{% url_or_none 'account_login' %}", "/account/login/"),
    ],
)
def test_tags_say_it_the_clinics_way(source: str, shown: str) -> None:
    assert rendered(source, day=datetime.date(2024, 2, 29), nothing=None) == shown


def test_a_time_is_shown_on_the_clinics_clock() -> None:
    moment = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
    assert rendered("{{ moment|short_time }}", moment=moment) == "1 Jul 2026 00:30"


def test_typed_text_stays_text_in_every_frame() -> None:
    evil = "<script>alert(1)</script>"
    for source in (
        "{% state_tag evil evil %}",
        "{% card evil aside=evil %}{{ evil }}{% endcard %}",
        "{% table_of evil %}<tr><td>{{ evil }}</td></tr>{% endtable_of %}",
        "{% notice evil %}{{ evil }}{% endnotice %}",
        "{% include 'components/facts.html' with rows=rows %}",
    ):
        page = rendered(source, evil=evil, rows=[(evil, evil)])
        assert "<script>" not in page, source
        assert "&lt;script&gt;" in page, source


def test_a_card_keeps_the_markup_inside_it() -> None:
    assert "<b>inside</b>" in rendered("{% card 'Title' %}<b>inside</b>{% endcard %}")


def test_the_version_is_the_packages_version() -> None:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == VERSION
