from django.db import models


class ChangeKind(models.TextChoices):
    """What happens to a medicine. `start` and `switch` open a course; `stop` closes it."""

    START = "start", "Start"
    DOSE_CHANGE = "dose_change", "Change of dose"
    SWITCH = "switch", "Switch from another medicine"
    HOLD = "hold", "Hold"
    RESUME = "resume", "Resume"
    TAPER_STEP = "taper_step", "Taper step"
    STOP = "stop", "Stop"


OPENING_KINDS = (ChangeKind.START, ChangeKind.SWITCH)


class Purpose(models.TextChoices):
    """What a medicine is given for. Acute, rescue and bridge medicines count together for overuse."""

    PREVENTIVE = "preventive", "Preventive"
    ACUTE = "acute", "Acute treatment"
    RESCUE = "rescue", "Rescue"
    BRIDGE = "bridge", "Bridge during withdrawal"
    COMORBIDITY = "comorbidity", "For another condition"


class Indication(models.TextChoices):
    MIGRAINE_WITHOUT_AURA = "1.1", "Migraine without aura"
    MIGRAINE_WITH_AURA = "1.2", "Migraine with aura"
    CHRONIC_MIGRAINE = "1.3", "Chronic migraine"
    MEDICATION_OVERUSE = "8.2", "Medication-overuse headache"
    NAUSEA = "nausea", "Nausea or vomiting"
    MOOD = "mood", "Mood"
    SLEEP = "sleep", "Sleep"
    NECK = "neck", "Neck pain"
    OTHER = "other", "Another reason (say which)"


class ChangeReason(models.TextChoices):
    """Why the change is made. Coded, so that later trials can be judged; the own words stand beside it."""

    NEW_TREATMENT = "new_treatment", "New treatment"
    TAKEN_OVER = "taken_over", "Taken over from earlier care"
    TITRATION = "titration", "Titration as planned"
    NOT_ENOUGH_EFFECT = "not_enough_effect", "Not enough effect"
    NO_EFFECT = "no_effect", "No effect after an adequate trial"
    SIDE_EFFECT = "side_effect", "Side effect"
    CONTRAINDICATION = "contraindication", "Contraindication"
    INTERACTION = "interaction", "Interaction"
    OVERUSE = "overuse", "Overuse or risk of it"
    PREGNANCY = "pregnancy", "Pregnancy or wish for one"
    GOOD_RESPONSE = "good_response", "Good response, trying with less"
    SUPPLY = "supply", "Cost, supply or access"
    PATIENT_WISH = "patient_wish", "The patient's wish"
    EMERGENCY = "emergency", "Emergency stop confirmed"
    OTHER = "other", "Another reason (say which)"


class DoseUnit(models.TextChoices):
    MG = "mg", "mg"
    MICROGRAM = "microgram", "microgram"
    G = "g", "g"
    ML = "ml", "ml"
    UNITS = "units", "units"
    TABLETS = "tablets", "tablets"
    SPRAYS = "sprays", "sprays"


class ProposalState(models.TextChoices):
    OPEN = "open", "Waiting for the prescriber"
    ACCEPTED = "accepted", "Accepted"
    AMENDED = "amended", "Accepted with a change"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class EmergencyStopState(models.TextChoices):
    WAITING = "waiting", "Waiting for the prescriber"
    CONFIRMED = "confirmed", "Confirmed"
    REVERSED = "reversed", "Reversed"


class PlanState(models.TextChoices):
    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    SUPERSEDED = "superseded", "Replaced by a later version"


class RefractoryState(models.TextChoices):
    """Resistant and refractory after the European Headache Federation's consensus (Sacco 2020)."""

    NEITHER = "neither", "Neither resistant nor refractory"
    RESISTANT = "resistant", "Resistant migraine"
    REFRACTORY = "refractory", "Refractory migraine"


class RefractoryStanding(models.TextChoices):
    PROVISIONAL = "provisional", "Provisional"
    CONFIRMED = "confirmed", "Confirmed"
