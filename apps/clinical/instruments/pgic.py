"""PGIC, the patient's own judgement of change, from 1 (best) to 7 (worst). Guy 1976.

Other versions run the other way, with 7 as the best: a paper form's words count, not its number.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, Input, Item, LicencePolicy
from apps.clinical.instruments.sums import SumInstrument

RESPONDER_UP_TO = 2

LABELS = (
    (1, "Very much improved"),
    (2, "Much improved"),
    (3, "Minimally improved"),
    (4, "No change"),
    (5, "Minimally worse"),
    (6, "Much worse"),
    (7, "Very much worse"),
)


class Pgic(SumInstrument):
    """Patient Global Impression of Change."""

    code = "pgic"
    version = "1.0"
    title = "Patient Global Impression of Change (PGIC)"
    short_title = "PGIC"
    about = "The patient's own judgement of change. Compare words, not numbers: some forms run the other way."
    recall = "Since the treatment being judged began"
    policy = LicencePolicy.SHOW_ITEMS
    licence = "Guy 1976, a manual of the US government; to be confirmed"
    licence_source = "Title page of the manual; to be confirmed"
    official_text = "Guy W. ECDEU Assessment Manual for Psychopharmacology, 1976"
    source = "Guy W. ECDEU Assessment Manual for Psychopharmacology, 1976"
    certainty = Certainty.CERTAIN
    to_confirm = ("That the manual is free of rights is to be confirmed.",)
    items = (Item("item1", "Global impression of change", 1, 7, input=Input.CHOICE, choices=LABELS),)
    bands = tuple(Band(value, value, label.lower()) for value, label in LABELS)
    scoring = "One answer, from 1 very much improved to 7 very much worse. Responders are 1 and 2."
    lowest_total = 1
    highest_total = 7
    missing_items = "Without the answer there is no result."
    change_that_matters = "The answer is itself a judgement of change."


def is_responder(total: int) -> bool:
    """Whether the answer is much or very much improved."""
    return total <= RESPONDER_UP_TO
