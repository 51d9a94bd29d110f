"""Which instruments stand together on the screening page."""

from apps.clinical.instruments import Instrument

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mood", ("phq4", "phq2", "phq9", "gad7", "hads", "cssrs")),
    ("Sleep", ("isi", "sci", "psqi", "ess", "nosas", "stopbang", "berlin", "rls")),
    ("Disability and impact", ("midas", "hit6", "msq21", "mibs4", "halt30", "halt90", "pgic")),
    ("Acute treatment", ("mtoq4", "sds", "dousset")),
)
OTHER = "Other"


def grouped(found: tuple[Instrument, ...]) -> list[tuple[str, list[Instrument]]]:
    """The instruments by group, in the order of the page; a new instrument stands under "Other" until it has a place."""
    left = {each.code: each for each in found}
    groups = [(title, [left.pop(code) for code in codes if code in left]) for title, codes in GROUPS]
    return [(title, members) for title, members in [*groups, (OTHER, list(left.values()))] if members]
