"""Finds the instruments: every subclass of `Instrument` in this folder that has a code."""

import inspect
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from apps.clinical.instruments.base import Instrument
from apps.clinical.rulebook import load_package


def _descendants(parent: type) -> Iterator[type]:
    children: list[type] = parent.__subclasses__()
    for child in children:
        yield child
        yield from _descendants(child)


@cache
def _by_code() -> MappingProxyType[str, Instrument]:
    load_package("apps.clinical.instruments")
    known: dict[str, Instrument] = {}
    for kind in _descendants(Instrument):
        if inspect.isabstract(kind) or not hasattr(kind, "code"):
            continue
        found: Instrument = kind()
        if found.code in known:
            raise ValueError(f"two instruments are called {found.code}")
        known[found.code] = found
    return MappingProxyType(dict(sorted(known.items())))


def all_instruments() -> tuple[Instrument, ...]:
    """Give every instrument, in the order of its code."""
    return tuple(_by_code().values())


def instrument(code: str) -> Instrument:
    """Give the instrument with this code. Raises KeyError when there is none."""
    return _by_code()[code]
