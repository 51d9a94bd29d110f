"""Drug classes as each definition draws them; a medicine may stand in one definition and not in another.

Which medicine stands where is data of the medicines catalogue, which uses these same words.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


class DrugClass(StrEnum):
    """The pharmacological class."""

    BETA_BLOCKER = "beta_blocker"
    ANTICONVULSANT = "anticonvulsant"
    TRICYCLIC = "tricyclic"
    SNRI = "snri"
    OTHER_ANTIDEPRESSANT = "other_antidepressant"
    CALCIUM_CHANNEL_BLOCKER = "calcium_channel_blocker"
    ANGIOTENSIN_RECEPTOR_BLOCKER = "angiotensin_receptor_blocker"
    ACE_INHIBITOR = "ace_inhibitor"
    SEROTONIN_ANTAGONIST = "serotonin_antagonist"
    ALPHA2_AGONIST = "alpha2_agonist"
    GABAPENTINOID = "gabapentinoid"
    HORMONE = "hormone"
    SUPPLEMENT = "supplement"
    CGRP_RECEPTOR_ANTIBODY = "cgrp_receptor_antibody"
    CGRP_LIGAND_ANTIBODY = "cgrp_ligand_antibody"
    GEPANT = "gepant"
    BOTULINUM_TOXIN = "botulinum_toxin"
    NMDA_ANTAGONIST = "nmda_antagonist"
    LOCAL_ANAESTHETIC = "local_anaesthetic"
    GENERAL_ANAESTHETIC = "general_anaesthetic"
    ANTIPSYCHOTIC = "antipsychotic"
    BENZODIAZEPINE = "benzodiazepine"
    SIMPLE_ANALGESIC = "simple_analgesic"
    NSAID = "nsaid"
    SALICYLATE = "salicylate"
    PYRAZOLONE = "pyrazolone"
    COMBINATION_ANALGESIC = "combination_analgesic"
    TRIPTAN = "triptan"
    DITAN = "ditan"
    ERGOT = "ergot"
    OPIOID = "opioid"
    ANTIEMETIC = "antiemetic"
    CORTICOSTEROID = "corticosteroid"
    OTHER = "other"


class SchulmanClass(StrEnum):
    """The four preventive classes and the acute groups of Schulman 2008."""

    BETA_BLOCKER = "beta_blocker"
    ANTICONVULSANT = "anticonvulsant"
    TRICYCLIC = "tricyclic"
    CALCIUM_CHANNEL_BLOCKER = "calcium_channel_blocker"
    TRIPTAN = "triptan"
    # Intranasal or injected only.
    DIHYDROERGOTAMINE = "dihydroergotamine"
    NSAID = "nsaid"
    COMBINATION_ANALGESIC = "combination_analgesic"

    @property
    def label(self) -> str:
        """The class as words for the page."""
        return {SchulmanClass.NSAID: "NSAID"}.get(self, _words(self))


class Ehf2014Group(StrEnum):
    """The groups of Martelletti 2014."""

    BETA_BLOCKER = "beta_blocker"
    ANTICONVULSANT = "anticonvulsant"
    TRICYCLIC = "tricyclic"
    # Flunarizine and candesartan.
    OTHER = "other"
    ONABOTULINUMTOXINA = "onabotulinumtoxina"

    @property
    def label(self) -> str:
        """The group as words for the page."""
        return {
            Ehf2014Group.OTHER: "Others",
            Ehf2014Group.ONABOTULINUMTOXINA: "OnabotulinumtoxinA",
        }.get(self, _words(self))


class Ehf2020Class(IntEnum):
    """The eight classes of Sacco 2020, in the order of the paper."""

    ANTIDEPRESSANTS = 1
    ANTIEPILEPTICS = 2
    BETA_BLOCKERS = 3
    CALCIUM_CHANNEL_BLOCKERS = 4
    CGRP_PATHWAY = 5
    ACE_INHIBITOR_OR_ARB = 6
    ONABOTULINUMTOXINA = 7
    OTHERS = 8

    @property
    def label(self) -> str:
        """The class as words for the page."""
        return {
            Ehf2020Class.CGRP_PATHWAY: "CGRP pathway",
            Ehf2020Class.ACE_INHIBITOR_OR_ARB: "ACE inhibitor or angiotensin-receptor blocker",
            Ehf2020Class.ONABOTULINUMTOXINA: "OnabotulinumtoxinA",
            Ehf2020Class.OTHERS: "Other preventives with established efficacy",
            Ehf2020Class.CALCIUM_CHANNEL_BLOCKERS: "Calcium-channel blockers",
            Ehf2020Class.BETA_BLOCKERS: "Beta-blockers",
        }.get(self, self.name.capitalize())


# The medicines in the brackets of the paper's table. The CGRP class is spelt out. Class 8 holds only what a clinic names.
EHF_2020_MEMBERS: Mapping[Ehf2020Class, frozenset[str]] = MappingProxyType(
    {
        Ehf2020Class.ANTIDEPRESSANTS: frozenset({"amitriptyline", "venlafaxine"}),
        Ehf2020Class.ANTIEPILEPTICS: frozenset({"valproate", "topiramate"}),
        Ehf2020Class.BETA_BLOCKERS: frozenset({"propranolol", "metoprolol", "atenolol", "timolol"}),
        Ehf2020Class.CALCIUM_CHANNEL_BLOCKERS: frozenset({"flunarizine", "cinnarizine"}),
        Ehf2020Class.CGRP_PATHWAY: frozenset(
            {"erenumab", "galcanezumab", "fremanezumab", "eptinezumab", "atogepant", "rimegepant"}
        ),
        Ehf2020Class.ACE_INHIBITOR_OR_ARB: frozenset({"lisinopril", "candesartan"}),
        Ehf2020Class.ONABOTULINUMTOXINA: frozenset({"onabotulinumtoxina"}),
        Ehf2020Class.OTHERS: frozenset(),
    }
)


class DAntonaClass(StrEnum):
    """The classes of D'Antona & Matharu 2019. Of the first three, two must have failed."""

    TOPIRAMATE = "topiramate"
    ONABOTULINUMTOXINA = "onabotulinumtoxina"
    CGRP_ANTIBODY = "cgrp_antibody"
    BETA_BLOCKER = "beta_blocker"
    TRICYCLIC = "tricyclic"
    SNRI = "snri"
    VALPROATE = "valproate"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The class as words for the page."""
        return {
            DAntonaClass.ONABOTULINUMTOXINA: "OnabotulinumtoxinA",
            DAntonaClass.CGRP_ANTIBODY: "CGRP antibody",
            DAntonaClass.SNRI: "SNRI",
            DAntonaClass.OTHER: "Other drugs with two class I or two class II trials",
        }.get(self, _words(self))


DANTONA_MEMBERS: Mapping[DAntonaClass, frozenset[str]] = MappingProxyType(
    {
        DAntonaClass.TOPIRAMATE: frozenset({"topiramate"}),
        DAntonaClass.ONABOTULINUMTOXINA: frozenset({"onabotulinumtoxina"}),
        DAntonaClass.CGRP_ANTIBODY: frozenset({"erenumab", "galcanezumab", "fremanezumab", "eptinezumab"}),
        DAntonaClass.BETA_BLOCKER: frozenset({"propranolol", "metoprolol", "timolol"}),
        DAntonaClass.TRICYCLIC: frozenset({"amitriptyline"}),
        DAntonaClass.SNRI: frozenset({"venlafaxine"}),
        DAntonaClass.VALPROATE: frozenset({"valproate"}),
    }
)


class GoadsbyClass(StrEnum):
    """The classes of Goadsby 2006. Of the first four, three must have failed."""

    BETA_BLOCKER = "beta_blocker"
    ANTICONVULSANT = "anticonvulsant"
    CALCIUM_CHANNEL_BLOCKER = "calcium_channel_blocker"
    TRICYCLIC = "tricyclic"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The class as words for the page."""
        return {GoadsbyClass.OTHER: "Others"}.get(self, _words(self))


def _words(drug_class: StrEnum) -> str:
    return (
        drug_class.value.replace("_", " ")
        .capitalize()
        .replace("Beta blocker", "Beta-blocker")
        .replace("Calcium channel", "Calcium-channel")
    )
