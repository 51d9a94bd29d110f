"""Pages of a long list, reached from the row where the last one ended: the thousandth page costs what the first does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows in reading order. `earlier` and `later` are the rows to go on from, None where the list ends."""

    rows: list[M]
    earlier: UUID | None = None
    later: UUID | None = None


def page_of(
    rows: QuerySet[M],
    order: Sequence[str],
    *,
    size: int,
    after: UUID | None = None,
    before: UUID | None = None,
) -> Page[M]:
    """The page that follows the row `after`, or precedes the row `before`, or the first one.

    `order` names columns (or annotations) that are never empty and ends with one that is unique, so that no row is
    skipped or shown twice. An unknown row leads to the first page. One query, and one more to find the row.
    """
    backwards = before is not None
    mark = _mark(rows, order, before if backwards else after)
    backwards = backwards and mark is not None
    if mark is not None:
        rows = rows.filter(_beyond(order, mark, "lt" if backwards else "gt"))
    fetched = list(rows.order_by(*(f"-{name}" if backwards else name for name in order))[: size + 1])
    more = len(fetched) > size
    fetched = fetched[:size]
    if backwards:
        fetched.reverse()
    has_earlier, has_later = (more, True) if backwards else (mark is not None, more)
    return Page(
        fetched,
        earlier=fetched[0].pk if fetched and has_earlier else None,
        later=fetched[-1].pk if fetched and has_later else None,
    )


def _mark(rows: QuerySet[M], order: Sequence[str], row: UUID | None) -> tuple[Any, ...] | None:
    return rows.order_by().filter(pk=row).values_list(*order).first() if row else None


def _beyond(order: Sequence[str], mark: tuple[Any, ...], comparison: str) -> Q:
    # The first line bounds the index scan; the rest is the row comparison written out.
    bound = Q(**{f"{order[0]}__{comparison}e": mark[0]})
    alternatives = Q()
    for position, name in enumerate(order):
        same = dict(zip(order[:position], mark[:position], strict=True))
        alternatives |= Q(**same, **{f"{name}__{comparison}": mark[position]})
    return bound & alternatives
