"""The words a catalogue file may use, each with the words people read.

Overuse classes and certainty come from the rule book, so that file, table and rule can never use different names.
"""

from enum import StrEnum
from typing import Self

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Certainty


class WordedEnum(StrEnum):
    """A closed list: the value stands in the file and the database, the label on the page."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Use(WordedEnum):
    """What a medicine is used for; one medicine can have several uses."""

    PREVENTIVE = "preventive", "Preventive"
    ACUTE = "acute", "Acute"
    RESCUE = "rescue", "Rescue"
    PROCEDURE = "procedure", "Within a procedure"


class Route(WordedEnum):
    """How it is given, where the source tells routes apart."""

    ORAL = "oral", "By mouth"
    NASAL = "nasal", "Nasal"
    SUBCUTANEOUS = "subcutaneous", "Under the skin"
    INTRAMUSCULAR = "intramuscular", "Into the muscle"
    INTRAVENOUS = "intravenous", "Into the vein"
    INJECTION = "injection", "Injection"
    LOCAL_INJECTION = "local_injection", "Local injection"


class PharmacologicalClass(WordedEnum):
    """The pharmacological class; the classes of the definitions differ and have columns of their own."""

    BETA_BLOCKER = "beta_blocker", "Beta-blocker"
    ANTICONVULSANT = "anticonvulsant", "Anticonvulsant"
    TRICYCLIC = "tricyclic", "Tricyclic antidepressant"
    SNRI = "snri", "SNRI"
    OTHER_ANTIDEPRESSANT = "other_antidepressant", "Other antidepressant"
    CALCIUM_CHANNEL_BLOCKER = "calcium_channel_blocker", "Calcium-channel blocker"
    ANGIOTENSIN_RECEPTOR_BLOCKER = "angiotensin_receptor_blocker", "Angiotensin-receptor blocker"
    ACE_INHIBITOR = "ace_inhibitor", "ACE inhibitor"
    SEROTONIN_ANTAGONIST = "serotonin_antagonist", "Serotonin antagonist"
    ALPHA2_AGONIST = "alpha2_agonist", "Alpha-2 agonist"
    GABAPENTINOID = "gabapentinoid", "Gabapentinoid"
    HORMONE = "hormone", "Hormone"
    SUPPLEMENT = "supplement", "Supplement"
    CGRP_RECEPTOR_ANTIBODY = "cgrp_receptor_antibody", "CGRP receptor antibody"
    CGRP_LIGAND_ANTIBODY = "cgrp_ligand_antibody", "CGRP ligand antibody"
    GEPANT = "gepant", "Gepant"
    BOTULINUM_TOXIN = "botulinum_toxin", "Botulinum toxin"
    NMDA_ANTAGONIST = "nmda_antagonist", "NMDA antagonist"
    LOCAL_ANAESTHETIC = "local_anaesthetic", "Local anaesthetic"
    GENERAL_ANAESTHETIC = "general_anaesthetic", "General anaesthetic"
    ANTIPSYCHOTIC = "antipsychotic", "Antipsychotic"
    BENZODIAZEPINE = "benzodiazepine", "Benzodiazepine"
    SIMPLE_ANALGESIC = "simple_analgesic", "Simple analgesic"
    NSAID = "nsaid", "NSAID"
    SALICYLATE = "salicylate", "Salicylate"
    PYRAZOLONE = "pyrazolone", "Pyrazolone"
    COMBINATION_ANALGESIC = "combination_analgesic", "Combination analgesic"
    TRIPTAN = "triptan", "Triptan"
    DITAN = "ditan", "Ditan"
    ERGOT = "ergot", "Ergot"
    OPIOID = "opioid", "Opioid"
    ANTIEMETIC = "antiemetic", "Antiemetic"
    CORTICOSTEROID = "corticosteroid", "Corticosteroid"
    OTHER = "other", "Other"


class Ehf2014Group(WordedEnum):
    """The groups of Martelletti 2014 (EHF refractory chronic migraine)."""

    BETA_BLOCKER = "beta_blocker", "Beta-blockers"
    ANTICONVULSANT = "anticonvulsant", "Anticonvulsants"
    TRICYCLIC = "tricyclic", "Tricyclic"
    OTHER = "other", "Others"
    ONABOTULINUMTOXINA = "onabotulinumtoxina", "OnabotulinumtoxinA"


class SchulmanClass(WordedEnum):
    """The four preventive classes and the acute groups of Schulman 2008."""

    BETA_BLOCKER = "beta_blocker", "Beta-blocker"
    ANTICONVULSANT = "anticonvulsant", "Anticonvulsant"
    TRICYCLIC = "tricyclic", "Tricyclic"
    CALCIUM_CHANNEL_BLOCKER = "calcium_channel_blocker", "Calcium-channel blocker"
    TRIPTAN = "triptan", "Triptan (acute)"
    DIHYDROERGOTAMINE = "dihydroergotamine", "Dihydroergotamine (acute)"
    NSAID = "nsaid", "NSAID (acute)"
    COMBINATION_ANALGESIC = "combination_analgesic", "Combination analgesic (acute)"


class DoseUnit(WordedEnum):
    """The unit of all dose figures of a row."""

    MG = "mg", "mg"
    UNITS = "units", "units"


class DosePeriod(WordedEnum):
    """The time one usual dose stands for."""

    DOSE = "dose", "in a single dose"
    DAY = "day", "a day"
    TWO_DAYS = "two_days", "every other day"
    MONTH = "month", "a month"
    TWELVE_WEEKS = "twelve_weeks", "every 12 weeks"
    THREE_MONTHS = "three_months", "every 3 months"


class Advice(WordedEnum):
    """What the source says against using it for migraine; empty when it says nothing against it."""

    NO_CONVINCING_EVIDENCE = "no_convincing_evidence", "No convincing evidence"
    NOT_RECOMMENDED = "not_recommended", "Not recommended"
    DO_NOT_OFFER = "do_not_offer", "Do not offer"


EHF_2020_CLASSES: dict[int, str] = {
    1: "Antidepressants",
    2: "Antiepileptics",
    3: "Beta-blockers",
    4: "Calcium-channel blockers",
    5: "Drugs acting on the CGRP pathway",
    6: "ACE inhibitor or angiotensin-receptor blocker",
    7: "OnabotulinumtoxinA",
    8: "Other preventives with established efficacy",
}

OVERUSE_LABELS: dict[OveruseClass, str] = {
    OveruseClass.ERGOTAMINE: "Ergotamine",
    OveruseClass.TRIPTAN: "Triptan",
    OveruseClass.PARACETAMOL: "Paracetamol",
    OveruseClass.NSAID: "NSAID",
    OveruseClass.ASPIRIN: "Aspirin",
    OveruseClass.OTHER_NON_OPIOID: "Other non-opioid",
    OveruseClass.OPIOID: "Opioid",
    OveruseClass.COMBINATION: "Combination analgesic",
    OveruseClass.OTHER: "Other acute medicine",
    OveruseClass.NONE: "In no class",
}

# ICHD-3 8.2, intake days a month. "Not identified" is a diary entry, never a medicine, so it has no place here.
OVERUSE_LIMITS: dict[OveruseClass, int | None] = {
    OveruseClass.ERGOTAMINE: 10,
    OveruseClass.TRIPTAN: 10,
    OveruseClass.PARACETAMOL: 15,
    OveruseClass.NSAID: 15,
    OveruseClass.ASPIRIN: 15,
    OveruseClass.OTHER_NON_OPIOID: 15,
    OveruseClass.OPIOID: 10,
    OveruseClass.COMBINATION: 10,
    OveruseClass.OTHER: 10,
    OveruseClass.NONE: None,
}

CERTAINTY_LABELS: dict[Certainty, str] = {
    Certainty.CERTAIN: "Stated by the source",
    Certainty.CHECK: "To be confirmed",
    Certainty.CONVENTION: "Convention, not in a source",
}
