"""The diagnoses and circumstances that the safety rules ask about."""

from enum import StrEnum
from types import MappingProxyType


class Condition(StrEnum):
    """One diagnosis or circumstance; a patient has it, does not have it, or nobody has recorded it."""

    MIGRAINE_WITH_AURA = "migraine_with_aura"
    HEMIPLEGIC_MIGRAINE = "hemiplegic_migraine"
    BRAINSTEM_AURA = "brainstem_aura"
    CHRONIC_MIGRAINE = "chronic_migraine"
    ISCHAEMIC_HEART_DISEASE = "ischaemic_heart_disease"
    UNSTABLE_CORONARY_DISEASE = "unstable_coronary_disease"
    RECENT_INFARCTION = "recent_infarction"
    CORONARY_VASOSPASM = "coronary_vasospasm"
    STROKE_OR_TIA = "stroke_or_tia"
    RECENT_STROKE = "recent_stroke"
    SUBARACHNOID_HAEMORRHAGE = "subarachnoid_haemorrhage"
    PERIPHERAL_VASCULAR_DISEASE = "peripheral_vascular_disease"
    AORTIC_DISEASE = "aortic_disease"
    ISCHAEMIC_BOWEL_DISEASE = "ischaemic_bowel_disease"
    UNCONTROLLED_HYPERTENSION = "uncontrolled_hypertension"
    NEW_OR_WORSE_HYPERTENSION = "new_or_worse_hypertension"
    SEVERAL_CARDIOVASCULAR_RISKS = "several_cardiovascular_risks"
    CARDIOVASCULAR_EVALUATION_DONE = "cardiovascular_evaluation_done"
    ACCESSORY_PATHWAY = "accessory_pathway"
    AV_BLOCK = "av_block_second_or_third_degree"
    CONDUCTION_DISEASE = "conduction_disease"
    SINUS_NODE_DISEASE = "severe_sinus_node_disease"
    STOKES_ADAMS = "stokes_adams"
    PACEMAKER = "pacemaker"
    LONG_QT = "long_qt"
    HEART_FAILURE = "heart_failure"
    DECOMPENSATED_HEART_FAILURE = "decompensated_heart_failure"
    RAYNAUD = "raynaud"
    PHAEOCHROMOCYTOMA = "untreated_phaeochromocytoma"
    ASTHMA = "asthma"
    ASPIRIN_SENSITIVE_ASTHMA = "aspirin_sensitive_asthma"
    COPD = "copd"
    SEVERE_COPD = "severe_copd"
    LIVER_DISEASE = "liver_disease"
    END_STAGE_RENAL_DISEASE = "end_stage_renal_disease"
    KIDNEY_STONES = "kidney_stones"
    METABOLIC_ACIDOSIS = "metabolic_acidosis"
    SEPSIS = "sepsis"
    INFECTION = "infection"
    DIABETES = "diabetes"
    INFLAMMATORY_BOWEL_DISEASE = "inflammatory_bowel_disease"
    IMPAIRED_WOUND_HEALING = "impaired_wound_healing"
    CONSTIPATION = "constipation"
    PEPTIC_ULCER_OR_BLEEDING = "peptic_ulcer_or_gi_bleeding"
    SEIZURE_DISORDER = "seizure_disorder"
    PARKINSONISM = "parkinsonism"
    RAISED_INTRACRANIAL_PRESSURE = "raised_intracranial_pressure"
    GLAUCOMA = "glaucoma"
    NARROW_ANGLE_GLAUCOMA = "narrow_angle_glaucoma"
    PROSTATE_OBSTRUCTION = "prostate_obstruction"
    NEUROMUSCULAR_JUNCTION_DISEASE = "neuromuscular_junction_disease"
    DYSPHAGIA = "dysphagia"
    SKULL_DEFECT = "skull_defect"
    DEPRESSION = "depression_now_or_before"
    MANIA = "mania"
    PSYCHOSIS = "active_psychosis"
    SUBSTANCE_USE_DISORDER = "substance_use_disorder"
    ALCOHOL = "alcohol"
    NICOTINE = "nicotine"
    POLG_MUTATION = "polg_mutation"
    UREA_CYCLE_DISORDER = "urea_cycle_disorder"
    PORPHYRIA = "porphyria"
    THROMBOCYTOPENIA = "thrombocytopenia"
    SURGERY_PLANNED = "surgery_planned"
    LIPID_DISORDER = "lipid_disorder"
    CONFUSION_OR_VOMITING = "confusion_or_vomiting"
    DRIVES_WITHIN_8_HOURS = "drives_within_8_hours"
    GASTROPROTECTION = "gastroprotection"

    @property
    def label(self) -> str:
        """The condition as words for the page."""
        return _WORDS.get(self, self.value.replace("_", " ").capitalize())


_WORDS = MappingProxyType(
    {
        Condition.STROKE_OR_TIA: "Stroke or TIA",
        Condition.COPD: "COPD",
        Condition.SEVERE_COPD: "Severe COPD",
        Condition.AV_BLOCK: "Second- or third-degree AV block",
        Condition.ACCESSORY_PATHWAY: "Wolff-Parkinson-White or another accessory pathway",
        Condition.LONG_QT: "Known long QT",
        Condition.STOKES_ADAMS: "Stokes-Adams attacks",
        Condition.RAYNAUD: "Raynaud phenomenon",
        Condition.DEPRESSION: "Depression, now or in the past",
        Condition.ALCOHOL: "Regular alcohol",
        Condition.NICOTINE: "Nicotine",
        Condition.POLG_MUTATION: "POLG mutation",
        Condition.PEPTIC_ULCER_OR_BLEEDING: "Peptic ulcer or gastrointestinal bleeding",
        Condition.DRIVES_WITHIN_8_HOURS: "Drives or works with machines within 8 hours of a dose",
        Condition.NEW_OR_WORSE_HYPERTENSION: "Hypertension that is new or worse since the start",
        Condition.ASPIRIN_SENSITIVE_ASTHMA: "Aspirin-sensitive asthma",
        Condition.GASTROPROTECTION: "Gastroprotection",
    }
)

# The narrower condition is never there without the broader one.
BROADER = MappingProxyType(
    {
        Condition.HEMIPLEGIC_MIGRAINE: Condition.MIGRAINE_WITH_AURA,
        Condition.BRAINSTEM_AURA: Condition.MIGRAINE_WITH_AURA,
        Condition.UNSTABLE_CORONARY_DISEASE: Condition.ISCHAEMIC_HEART_DISEASE,
        Condition.RECENT_INFARCTION: Condition.ISCHAEMIC_HEART_DISEASE,
        Condition.RECENT_STROKE: Condition.STROKE_OR_TIA,
        Condition.AV_BLOCK: Condition.CONDUCTION_DISEASE,
        Condition.DECOMPENSATED_HEART_FAILURE: Condition.HEART_FAILURE,
        Condition.ASPIRIN_SENSITIVE_ASTHMA: Condition.ASTHMA,
        Condition.SEVERE_COPD: Condition.COPD,
        Condition.NARROW_ANGLE_GLAUCOMA: Condition.GLAUCOMA,
        Condition.SEPSIS: Condition.INFECTION,
    }
)
