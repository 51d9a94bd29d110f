"""The house's template tags: dates, plurals, intervals, tags of state, cards, tables, tabs, error summaries."""

import datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core import dates, navigation
from apps.core.forms.summary import summary_errors as errors_of

register = template.Library()


@register.filter
def short_date(day: datetime.date | None) -> str:
    """Like "22 Nov 2026"; empty for no date."""
    return dates.short_date(day) if day else ""


@register.filter
def long_date(day: datetime.date | None) -> str:
    """Like "22 November 2026"; empty for no date."""
    return dates.long_date(day) if day else ""


@register.filter
def month_title(day: datetime.date | None) -> str:
    """Like "November 2026"; empty for no date."""
    return dates.month_title(day) if day else ""


@register.filter
def short_time(moment: datetime.datetime | None) -> str:
    """Like "22 Nov 2026 16:04"; empty for no moment."""
    return dates.short_time(moment) if moment else ""


@register.simple_tag
def plural(number: int, one: str, many: str = "") -> str:
    """`{% plural 3 "day" %}` -> "3 days"; `{% plural 1 "entry" "entries" %}` -> "1 entry"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@register.simple_tag
def interval(lowest: int | None, highest: int | None = None) -> str:
    """`{% interval 13 17 %}` -> "13–17"; equal ends -> "13"; nothing counted -> "not known"."""
    if lowest is None:
        return "not known"
    return str(lowest) if highest is None or highest == lowest else f"{lowest}–{highest}"


@register.simple_tag
def state_tag(label: str, tone: str = "plain") -> SafeString:
    """A word in a frame. The word carries the meaning; `tone` (plain, good, warn, danger) only helps."""
    return render_to_string("components/tag.html", {"label": label, "tone": tone})


@register.simple_tag
def url_or_none(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, empty when there is none with these arguments."""
    return navigation.url_or_none(name, *args, **kwargs) or ""


@register.simple_tag(takes_context=True)
def chart_tabs(context: template.Context, patient: Any, current: str = "") -> list[navigation.Entry]:
    """The tabs of the patient's chart that exist and that the person signed in may open."""
    return navigation.chart_entries(context["request"], patient.pk, current)


@register.simple_tag
def summary_errors(form: BaseForm) -> list[tuple[str, str]]:
    """(address within the page, sentence) of each error of any form, for the summary on top."""
    return errors_of(form)


@register.simple_block_tag
def card(content: str, title: str = "", **options: Any) -> SafeString:
    """A region with a heading: `{% card "Title" %}…{% endcard %}`; options: aside, level (of the heading), id."""
    return render_to_string("components/card.html", {"content": content, "title": title, **options})


@register.simple_block_tag
def table_of(content: str, caption: str, **options: Any) -> SafeString:
    """A table with its caption, in a box that scrolls instead of the page.

    Options: hide_caption; roomy, for columns of sentences, which a telephone would squeeze to a word a line.
    """
    return render_to_string("components/table.html", {"content": content, "caption": caption, **options})


@register.simple_block_tag
def notice(content: str, title: str = "", tone: str = "info", **options: Any) -> SafeString:
    """A remark that must be read: `{% notice "Title" tone="warn" %}…{% endnotice %}`; tones info, good, warn, danger."""
    context = {"content": content, "title": title, "tone": tone, **options}
    return render_to_string("components/notice.html", context)


@register.simple_tag
def clinic_name() -> str:
    """The clinic's name, also where there is no request (messages by e-mail)."""
    return str(settings.CLINIC_NAME)
