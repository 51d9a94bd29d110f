from django.db import models


class Mode(models.TextChoices):
    """How the answers were given. A result alone comes from a letter or a form of which no more is known."""

    CLINICIAN = "clinician", "Asked by a clinician"
    SELF = "self", "Filled in by the patient on paper"
    TABLET = "tablet", "Answered by the patient on the tablet"
    TOTAL_ONLY = "total_only", "Only the result is known"


class SheetState(models.TextChoices):
    """A partial sheet is gone on with; a complete one stays as it is, also when some answers stay open."""

    PARTIAL = "partial", "Not finished"
    COMPLETE = "complete", "Finished"


class TaskState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class SafetyReason(models.TextChoices):
    """Which answer opened a safety task."""

    PHQ9_ITEM9 = "phq9_item9", "PHQ-9 item 9"
    CSSRS = "cssrs_positive", "C-SSRS screener"


class Helper(models.TextChoices):
    """Who was with the patient while the questions were answered."""

    NOBODY = "nobody", "The patient alone"
    RELATIVE = "relative", "With help from a relative or friend"
    STAFF = "staff", "With help from the clinic"


class TabletState(models.TextChoices):
    """A set waits for its code, is open on one tablet, and then ends for good."""

    WAITING = "waiting", "Waiting for the tablet"
    OPEN = "open", "Open on the tablet"
    FINISHED = "finished", "Finished"
    TIMED_OUT = "timed_out", "Ended, nobody touched it"
    TAKEN_BACK = "taken_back", "Taken back by the clinic"


TABLET_ENDS = (TabletState.FINISHED, TabletState.TIMED_OUT, TabletState.TAKEN_BACK)


class ReferralState(models.TextChoices):
    """How far a sleep study or referral has come. It is over once somebody acted on the result, or said why not."""

    WANTED = "wanted", "Wanted"
    ORDERED = "ordered", "Ordered"
    BOOKED = "booked", "Booked"
    DONE = "done", "Done, waiting for the result"
    RESULT = "result", "Result here, not acted on"
    ACTED_ON = "acted_on", "Acted on"
    DROPPED = "dropped", "Not pursued"


REFERRAL_ORDER = (
    ReferralState.WANTED,
    ReferralState.ORDERED,
    ReferralState.BOOKED,
    ReferralState.DONE,
    ReferralState.RESULT,
    ReferralState.ACTED_ON,
)
REFERRAL_ENDS = (ReferralState.ACTED_ON, ReferralState.DROPPED)


class SleepDisorder(models.TextChoices):
    """What a study looks for: the five disorders of the screen, and what stands beside them."""

    APNOEA = "apnoea", "Sleep apnoea"
    INSOMNIA = "insomnia", "Insomnia"
    HYPERSOMNIA = "hypersomnia", "Hypersomnia"
    LIMB_MOVEMENT = "limb_movement", "Periodic limb movement disorder"
    CIRCADIAN = "circadian", "Circadian rhythm disorder"
    RESTLESS_LEGS = "restless_legs", "Restless legs"
    DREAM_ENACTMENT = "dream_enactment", "Dream enactment"


class Statement(models.TextChoices):
    """What the clinician has established by asking; the diary alone cannot."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known yet"


class Sureness(models.TextChoices):
    """How certain somebody is that a reason holds."""

    CERTAIN = "certain", "Certain"
    LIKELY = "likely", "Likely"
    POSSIBLE = "possible", "Possible"


class Ration(models.TextChoices):
    """What an allowance is about. The last two are rescue only: they need a reason and the prescriber."""

    ALL = "all", "All acute and rescue medicines together"
    TRIPTAN = "8.2.2", "Triptans"
    NON_OPIOID = "8.2.3", "Simple analgesics (paracetamol, aspirin, NSAIDs)"
    COMBINATION = "8.2.5", "Combination analgesics"
    ERGOTAMINE = "8.2.1", "Ergotamines"
    OPIOID_INSIDE = "opioid_inside", "Opioids, also inside combinations"
    BUTALBITAL_INSIDE = "butalbital_inside", "Butalbital"


RESCUE_ONLY = (Ration.OPIOID_INSIDE, Ration.BUTALBITAL_INSIDE)


class WithdrawalState(models.TextChoices):
    """A draft is written by the team; the prescriber puts it in force; then it is watched for relapse."""

    DRAFT = "draft", "Draft"
    RUNNING = "running", "Running"
    WATCHING = "watching", "Ended, watched for relapse"
    CLOSED = "closed", "Closed"


class WithdrawalPlace(models.TextChoices):
    HOME = "home", "At home"
    DAY_CLINIC = "day_clinic", "Day clinic"
    HOSPITAL = "hospital", "In hospital"


class Way(models.TextChoices):
    """How one medicine is ended."""

    STOP = "stop", "Stop at once"
    LIMIT = "limit", "Limit to a number of days a month"
    TAPER = "taper", "Taper"


class SignalLevel(models.TextChoices):
    """How loud a signal is: a warning before the limit, or the limit itself."""

    NEAR = "near", "Near a limit"
    REACHED = "reached", "Limit reached"


class SignalState(models.TextChoices):
    OPEN = "open", "Waiting for an answer"
    ACTED_ON = "acted_on", "Acted on"
    SILENCED = "silenced", "Silenced"
    PASSED = "passed", "Passed by itself"


class Checklist(models.TextChoices):
    """The two lists that are answered as a whole."""

    RED_FLAGS = "red_flags", "Red flags (SNNOOP10)"
    PSEUDO_REFRACTORY = "pseudo", "Pseudo-refractory check"


class CauseState(models.TextChoices):
    """Where the work-up of one secondary cause stands."""

    TO_DO = "to_do", "To do"
    ORDERED = "ordered", "Ordered"
    RESULT = "result", "Result"
    NOT_NEEDED = "not_needed", "Not needed, with reason"


class SensitiveTopic(models.TextChoices):
    """What needs a consent of its own before it is asked."""

    ADVERSITY = "adversity", "Adverse experiences in childhood"


class ConsentAnswer(models.TextChoices):
    GIVEN = "given", "Agreed to be asked"
    REFUSED = "refused", "Does not want to be asked"
    WITHDRAWN = "withdrawn", "Agreement taken back"
