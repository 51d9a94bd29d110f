"""Which instruments can be asked on these pages.

Not the sensitive ones, which need consent of their own and a narrower right to read.
"""

from apps.clinical.instruments import Instrument, all_instruments, instrument


def offered_instruments() -> tuple[Instrument, ...]:
    """The instruments that can be asked, in the order of their codes."""
    return tuple(found for found in all_instruments() if not found.sensitive)


def offered(code: str) -> Instrument:
    """The instrument with this code. Raises KeyError when there is none, or none that can be asked."""
    found = instrument(code)
    if found.sensitive:
        raise KeyError(code)
    return found


def sensitive_codes() -> frozenset[str]:
    """The instruments that are asked under a consent of their own and read by few."""
    return frozenset(found.code for found in all_instruments() if found.sensitive)


def entered_by_scale(found: Instrument) -> bool:
    """Whether the results of its scales may be known without the answers; not where the answers are these results."""
    return not found.has_total and any(scale.items != (scale.code,) for scale in found.subscales)
