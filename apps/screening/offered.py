"""Which instruments can be asked on these pages.

Not those whose result is no total, for which a sheet has no place, and not the sensitive ones, which
need consent of their own and a narrower right to read.
"""

from apps.clinical.instruments import Instrument, all_instruments, instrument


def offered_instruments() -> tuple[Instrument, ...]:
    """The instruments that can be asked, in the order of their codes."""
    return tuple(found for found in all_instruments() if _is_offered(found))


def offered(code: str) -> Instrument:
    """The instrument with this code. Raises KeyError when there is none, or none that can be asked."""
    found = instrument(code)
    if not _is_offered(found):
        raise KeyError(code)
    return found


def _is_offered(found: Instrument) -> bool:
    return found.has_total and not found.sensitive
