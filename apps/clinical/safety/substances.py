"""Which medicines belong to which group of the safety rules.

`named` are the members the source of a rule names; `to_confirm` are further members every pharmacist expects, entered so
that nothing passes unseen, and to be confirmed. A medicine also belongs to a group by its pharmacological class in the
catalogue or because the record says so. No list is complete.
"""

from dataclasses import dataclass

from apps.clinical.safety.facts import RegimenLine


@dataclass(frozen=True, slots=True)
class Group:
    """A group of ingredients: its key, its name, the members by ingredient key, and the classes that belong wholly."""

    key: str
    name: str
    named: frozenset[str] = frozenset()
    to_confirm: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    @property
    def members(self) -> frozenset[str]:
        """All ingredients of the group."""
        return self.named | self.to_confirm

    def holds(self, line: RegimenLine) -> bool | None:
        """Whether a medicine belongs to the group; None when it is not known what the medicine contains."""
        if self.key in line.groups or line.drug_class in self.classes:
            return True
        if line.ingredients is None:
            return None
        return not self.members.isdisjoint(line.ingredients)


def _group(key: str, name: str, named: str = "", to_confirm: str = "", classes: str = "") -> Group:
    return Group(
        key, name, frozenset(named.split()), frozenset(to_confirm.split()) - frozenset(named.split()),
        frozenset(classes.split()),
    )  # fmt: skip


def one(ingredient: str, name: str = "") -> Group:
    """A group of a single ingredient."""
    return _group(ingredient, name or ingredient, ingredient)


def _union(key: str, name: str, *groups: Group, named: str = "", to_confirm: str = "") -> Group:
    return Group(
        key,
        name,
        frozenset(named.split()).union(*(each.named for each in groups)),
        frozenset(to_confirm.split()).union(*(each.to_confirm for each in groups)),
        frozenset[str]().union(*(each.classes for each in groups)),
    )


TRIPTANS = _group(
    "triptan", "triptan", "sumatriptan naratriptan zolmitriptan rizatriptan almotriptan eletriptan frovatriptan",
    classes="triptan",
)  # fmt: skip
MAO_A_TRIPTANS = _group("mao_a_triptan", "triptan broken down by MAO-A", "sumatriptan rizatriptan zolmitriptan")
OTHER_TRIPTANS = _group("other_triptan", "triptan", "naratriptan frovatriptan almotriptan eletriptan")
ERGOTS = _group("ergot", "ergot", "ergotamine dihydroergotamine methysergide", classes="ergot")
MAOI_A = _group(
    "maoi", "MAO inhibitor", "phenelzine tranylcypromine isocarboxazid moclobemide linezolid methylthioninium"
)
STRONG_CYP3A4_INHIBITORS = _group(
    "strong_cyp3a4_inhibitor", "strong CYP3A4 inhibitor",
    "ritonavir clarithromycin erythromycin ketoconazole itraconazole",
    "cobicistat lopinavir atazanavir darunavir saquinavir nelfinavir indinavir posaconazole voriconazole nefazodone",
)  # fmt: skip
MODERATE_CYP3A4_INHIBITORS = _group(
    "moderate_cyp3a4_inhibitor",
    "moderate CYP3A4 inhibitor",
    "",
    "verapamil diltiazem fluconazole ciprofloxacin ciclosporin",
)
WEAK_CYP3A4_INHIBITORS = _group("weak_cyp3a4_inhibitor", "weak CYP3A4 inhibitor", "", "cimetidine fluvoxamine")
STRONG_INDUCERS = _group(
    "strong_cyp3a4_inducer",
    "strong CYP3A4 inducer",
    "rifampicin carbamazepine phenytoin st-johns-wort",
    "phenobarbital",
)
MODERATE_INDUCERS = _group(
    "moderate_cyp3a4_inducer", "moderate CYP3A4 inducer", "", "bosentan efavirenz etravirine modafinil"
)
WEAK_INDUCERS = _group("weak_cyp3a4_inducer", "weak CYP3A4 inducer", "", "topiramate oxcarbazepine")
PGP_INHIBITORS = _group(
    "pgp_inhibitor", "P-gp or BCRP inhibitor", "", "quinidine ciclosporin amiodarone verapamil eltrombopag"
)
POTENT_PGP_INHIBITORS = _group("potent_pgp_inhibitor", "potent P-gp inhibitor", "", "ciclosporin quinidine amiodarone")
PGP_SUBSTRATES = _group("pgp_substrate", "P-gp or BCRP substrate", "", "digoxin dabigatran colchicine rosuvastatin")
OATP_INHIBITORS = _group("oatp_inhibitor", "OATP inhibitor", "", "rifampicin ciclosporin gemfibrozil")
OATP1B3_NTCP = _group("oatp1b3_ntcp", "OATP1B3 or NTCP inhibitor or inducer", "", "rifampicin ciclosporin")
NASAL_DECONGESTANTS = _group("nasal_decongestant", "nasal decongestant", "", "oxymetazoline xylometazoline naphazoline")
CYP1A2_INHIBITORS = _group("cyp1a2_inhibitor", "CYP1A2 inhibitor", "", "fluvoxamine ciprofloxacin")
MACROLIDES = _group("macrolide", "macrolide", "clarithromycin erythromycin", "azithromycin")

SSRIS = _group("ssri", "SSRI", "citalopram paroxetine fluoxetine", "escitalopram sertraline fluvoxamine")
SNRIS = _group("snri", "SNRI", "venlafaxine duloxetine", "desvenlafaxine milnacipran", classes="snri")
TRICYCLICS = _group(
    "tca", "tricyclic", "amitriptyline nortriptyline", "clomipramine imipramine doxepin dosulepin trimipramine",
    classes="tricyclic",
)  # fmt: skip
SEROTONERGIC_ANTIDEPRESSANTS = _union("ssri_snri", "SSRI or SNRI", SSRIS, SNRIS)
ANTIDEPRESSANTS = _union("ssri_snri_tca", "SSRI, SNRI or tricyclic", SSRIS, SNRIS, TRICYCLICS)
CYP2D6_RAISERS = _group("cyp2d6", "antidepressant that raises tricyclic levels", "paroxetine fluoxetine duloxetine")
SEROTONERGIC_OPIOIDS = _group(
    "serotonergic_opioid", "serotonergic opioid or cough remedy", "tramadol pethidine dextromethorphan tapentadol"
)
SEROTONERGIC = _union(
    "serotonergic", "serotonergic medicine", ANTIDEPRESSANTS, MAOI_A, SEROTONERGIC_OPIOIDS, TRIPTANS,
    named="st-johns-wort lithium", to_confirm="mirtazapine trazodone",
)  # fmt: skip

BETA_BLOCKERS = _group(
    "beta_blocker", "beta-blocker", "propranolol metoprolol timolol atenolol nadolol bisoprolol nebivolol",
    "carvedilol labetalol sotalol", classes="beta_blocker",
)  # fmt: skip
CARDIOSELECTIVE = _group(
    "cardioselective_beta_blocker", "cardioselective beta-blocker", "", "metoprolol atenolol bisoprolol nebivolol"
)
RATE_SLOWING_CALCIUM_BLOCKERS = _group("rate_slowing_ccb", "verapamil or diltiazem", "verapamil diltiazem")
HEART_RATE_LOWERING = _union(
    "heart_rate_lowering", "heart-rate-lowering medicine", BETA_BLOCKERS, RATE_SLOWING_CALCIUM_BLOCKERS,
    to_confirm="digoxin ivabradine clonidine amiodarone",
)  # fmt: skip
CLASS_I = _group("antiarrhythmic_class_1", "class I antiarrhythmic", "flecainide mexiletine", "propafenone quinidine")
CLASS_III = _group(
    "antiarrhythmic_class_3", "class III antiarrhythmic", "", "amiodarone sotalol dronedarone dofetilide"
)
ANTIARRHYTHMICS = _union("antiarrhythmic", "class I or III antiarrhythmic", CLASS_I, CLASS_III)
RENIN_BLOCKERS = _group(
    "renin_blocker", "ACE inhibitor or ARB", "candesartan lisinopril",
    "enalapril ramipril perindopril losartan valsartan olmesartan telmisartan irbesartan",
    "angiotensin_receptor_blocker ace_inhibitor",
)  # fmt: skip
POTASSIUM_RAISERS = _group(
    "potassium_raiser",
    "potassium or potassium-sparing diuretic",
    "potassium",
    "spironolactone eplerenone amiloride triamterene",
)
THIAZIDES = _group("thiazide", "thiazide", "", "hydrochlorothiazide bendroflumethiazide indapamide chlortalidone")
DIURETICS = _union(
    "diuretic", "diuretic", THIAZIDES, to_confirm="furosemide bumetanide torasemide spironolactone eplerenone amiloride"
)

NSAIDS = _group(
    "nsaid", "NSAID", "ibuprofen naproxen ketoprofen diclofenac indometacin ketorolac celecoxib mefenamic-acid tolfenamic-acid",
    "etoricoxib meloxicam piroxicam flurbiprofen dexketoprofen", "nsaid",
)  # fmt: skip
NSAIDS_AND_ASPIRIN = _union("nsaid_or_aspirin", "NSAID or aspirin", NSAIDS, named="aspirin")
ANTICOAGULANTS = _group(
    "anticoagulant",
    "anticoagulant",
    "",
    "warfarin phenprocoumon acenocoumarol apixaban rivaroxaban edoxaban dabigatran heparin enoxaparin",
)
OPIOIDS = _group(
    "opioid", "opioid", "morphine oxycodone pethidine tramadol butorphanol codeine hydrocodone tapentadol methadone",
    "fentanyl buprenorphine hydromorphone", "opioid",
)  # fmt: skip
BENZODIAZEPINES = _group(
    "benzodiazepine", "benzodiazepine", "clonazepam", "diazepam lorazepam alprazolam oxazepam temazepam midazolam clobazam",
    "benzodiazepine",
)  # fmt: skip
Z_DRUGS = _group("z_drug", "Z-drug", "", "zolpidem zopiclone eszopiclone zaleplon")
GABAPENTINOIDS = _group("gabapentinoid", "gabapentinoid", "gabapentin", "pregabalin", "gabapentinoid")
BARBITURATES = _group("barbiturate", "barbiturate", "butalbital phenobarbital", "primidone")
ANTIHISTAMINES = _group(
    "sedating_antihistamine",
    "sedating antihistamine",
    "promethazine",
    "diphenhydramine hydroxyzine doxylamine cyproheptadine",
)
SEDATION_LOAD = _union(
    "sedation_load", "sedating medicine", OPIOIDS, BENZODIAZEPINES, Z_DRUGS, TRICYCLICS, ANTIHISTAMINES, GABAPENTINOIDS,
    named="quetiapine mirtazapine topiramate",
)  # fmt: skip
SEDATIVES_BESIDE_OPIOID = _union(
    "sedative", "sedative", BENZODIAZEPINES, GABAPENTINOIDS, Z_DRUGS, BARBITURATES, ANTIHISTAMINES, TRICYCLICS,
    named="quetiapine mirtazapine",
)  # fmt: skip
CNS_DEPRESSANTS = _union("cns_depressant", "CNS depressant", SEDATIVES_BESIDE_OPIOID, OPIOIDS)
DOPAMINE_ANTAGONISTS = _group(
    "dopamine_antagonist", "dopamine antagonist",
    "metoclopramide domperidone prochlorperazine chlorpromazine haloperidol droperidol promethazine quetiapine",
    "olanzapine risperidone", "antipsychotic",
)  # fmt: skip
CALCIUM_BLOCKERS_OF_THE_BRAIN = _group(
    "flunarizine_cinnarizine", "flunarizine or cinnarizine", "flunarizine cinnarizine"
)
QT_DRUGS = _union(
    "qt", "medicine that prolongs QT", TRICYCLICS, MACROLIDES,
    named="quetiapine droperidol haloperidol chlorpromazine domperidone ondansetron citalopram methadone fluconazole lithium",
    to_confirm="escitalopram amiodarone sotalol",
)  # fmt: skip
ANTICHOLINERGICS = _group("anticholinergic", "anticholinergic", "", "oxybutynin tolterodine solifenacin hyoscine")

CGRP_ANTIBODIES = _group(
    "cgrp_antibody", "CGRP antibody", "erenumab galcanezumab fremanezumab eptinezumab",
    classes="cgrp_receptor_antibody cgrp_ligand_antibody",
)  # fmt: skip
GEPANTS = _group("gepant", "gepant", "atogepant rimegepant ubrogepant zavegepant", classes="gepant")
CGRP_ANTAGONISTS = _union("cgrp", "CGRP antagonist", CGRP_ANTIBODIES, GEPANTS)

AMIDES = _group("amide_anaesthetic", "amide anaesthetic", "lidocaine bupivacaine", "ropivacaine mepivacaine")
AMINOGLYCOSIDES = _group("aminoglycoside", "aminoglycoside", "", "gentamicin tobramycin amikacin streptomycin")
CARBAPENEMS = _group("carbapenem", "carbapenem", "", "meropenem imipenem ertapenem")
STEROIDS = _group(
    "steroid",
    "steroid",
    "dexamethasone prednisone",
    "prednisolone methylprednisolone triamcinolone betamethasone",
    "corticosteroid",
)
BOOSTERS = _group("booster", "ritonavir or cobicistat", "ritonavir cobicistat")
NMDA_PARTNERS = _group("nmda", "ketamine, amantadine or dextromethorphan", "ketamine amantadine dextromethorphan")
URINE_ALKALINISERS = _group(
    "urine_alkaliniser", "medicine that makes urine alkaline", "topiramate acetazolamide", "sodium-bicarbonate"
)
THYROID = _group("thyroid_hormone", "thyroid hormone", "", "levothyroxine liothyronine")
ANTISEIZURE = _group(
    "antiseizure", "antiseizure medicine", "topiramate valproate", "levetiracetam zonisamide lamotrigine carbamazepine phenytoin oxcarbazepine",
    "anticonvulsant",
)  # fmt: skip
COMBINED_OESTROGEN = _group("combined_oestrogen", "combined oestrogen contraceptive", "", "ethinylestradiol")

GROUPS = tuple(sorted((each for each in globals().values() if isinstance(each, Group)), key=lambda each: each.key))
