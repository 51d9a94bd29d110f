"""The subtypes of ICHD-3 8.2 and their limits in days per month.

Source: ICHD-3, Cephalalgia 2018;38:1-211, section 8.2. The thresholds are expert opinion.
"""

from dataclasses import dataclass

from apps.clinical.diary import OveruseClass as Group

SOURCE = "ICHD-3, Cephalalgia 2018;38:1-211, section 8.2"

# Non-opioid analgesics are tolerated longer than every other class.
NON_OPIOID_LIMIT = 15
LIMIT = 10

# Section 8.2, criterion A: headache on at least this many days a month.
HEADACHE_LIMIT = 15


@dataclass(frozen=True, slots=True)
class Subtype:
    """One subtype: its code, what it is called, the classes counted and the limit.

    covers: the codes of narrower subtypes; the broader one is named only when none of them fits.
    """

    code: str
    name: str
    classes: frozenset[Group]
    limit: int
    covers: tuple[str, ...] = ()


NON_OPIOIDS = frozenset({Group.PARACETAMOL, Group.NSAID, Group.ASPIRIN, Group.OTHER_NON_OPIOID})

ERGOTAMINE = Subtype("8.2.1", "ergotamine", frozenset({Group.ERGOTAMINE}), LIMIT)
TRIPTAN = Subtype("8.2.2", "triptan", frozenset({Group.TRIPTAN}), LIMIT)
NON_OPIOID = Subtype(
    "8.2.3",
    "non-opioid analgesic",
    NON_OPIOIDS,
    NON_OPIOID_LIMIT,
    covers=("8.2.3.1", "8.2.3.2", "8.2.3.2.1", "8.2.3.3"),
)
PARACETAMOL = Subtype("8.2.3.1", "paracetamol", frozenset({Group.PARACETAMOL}), NON_OPIOID_LIMIT)
NSAID = Subtype("8.2.3.2", "NSAID", frozenset({Group.NSAID}), NON_OPIOID_LIMIT)
ASPIRIN = Subtype("8.2.3.2.1", "aspirin", frozenset({Group.ASPIRIN}), NON_OPIOID_LIMIT)
OTHER_NON_OPIOID = Subtype(
    "8.2.3.3", "other non-opioid analgesic", frozenset({Group.OTHER_NON_OPIOID}), NON_OPIOID_LIMIT
)
OPIOID = Subtype("8.2.4", "opioid", frozenset({Group.OPIOID}), LIMIT)
COMBINATION = Subtype("8.2.5", "combination analgesic", frozenset({Group.COMBINATION}), LIMIT)
OTHER = Subtype("8.2.8", "other medication", frozenset({Group.OTHER}), LIMIT)

SINGLE_SUBTYPES = (
    ERGOTAMINE,
    TRIPTAN,
    NON_OPIOID,
    PARACETAMOL,
    NSAID,
    ASPIRIN,
    OTHER_NON_OPIOID,
    OPIOID,
    COMBINATION,
    OTHER,
)

# The classes that add up to 8.2.6. Whether combination analgesics belong is not stated in the
# source; the clinic counts them. "Other medication" is not among the classes the source names.
ADDED_UP = (ERGOTAMINE, TRIPTAN, NON_OPIOID, OPIOID, COMBINATION)

MULTIPLE_CODE = "8.2.6"
MULTIPLE_NAME = "multiple drug classes not individually overused"
UNVERIFIED_CODE = "8.2.7"
UNVERIFIED_NAME = "unspecified or unverified overuse of multiple drug classes"
