"""C-SSRS screener, a triage of suicide risk by six questions. Posner et al. 2011.

The wording comes from the clinic's own copy. Questions 3 to 5 are asked when question 2 was
answered yes. Any yes is an alert at once, also while the form is unfinished, and an answer that
was given always counts, also one that the form would have skipped.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import (
    AdministeredBy,
    Alert,
    Answers,
    AskedWhen,
    Category,
    Instrument,
    LicencePolicy,
    Score,
)
from apps.clinical.instruments.items import yes_no

POSITIVE_ALERT = "cssrs_positive"

NONE = Category("none", "no risk shown")
LOW = Category("low", "low risk")
MODERATE = Category("moderate", "moderate risk")
HIGH = Category("high", "high risk")

# The triage card, the gravest first: one yes among these is enough, and the first match wins.
TRIAGE = (
    (HIGH, ("q4", "q5", "q6_recent")),
    (MODERATE, ("q3", "q6")),
    (LOW, ("q1", "q2")),
)

IF_Q2 = AskedWhen("q2", 1)
IF_Q6 = AskedWhen("q6", 1)


class Cssrs(Instrument):
    """Columbia Suicide Severity Rating Scale, screener."""

    code = "cssrs"
    version = "1.0"
    title = "Columbia Suicide Severity Rating Scale, screener (C-SSRS)"
    short_title = "C-SSRS"
    about = "Sorts the risk of suicide into four steps, from six questions. A clinician asks."
    recall = "As printed on the version in use; question 6 asks about the whole life and the last 3 months"
    policy = LicencePolicy.SHOW_AFTER_CONFIRMATION
    licence = "Columbia Lighthouse Project: free for clinical use; terms for software are to be confirmed"
    licence_source = "Statement of the Columbia Lighthouse Project; terms for electronic use not seen"
    official_text = "Columbia Lighthouse Project, cssrs.columbia.edu"
    source = "Posner K et al. Am J Psychiatry 2011;168:1266-1277; triage card of the Columbia Lighthouse Project"
    certainty = Certainty.CERTAIN
    to_confirm = (
        "Older triage cards divide question 6 otherwise: compare with the version in use.",
        "Whether software needs registration with the Columbia Lighthouse Project is to be confirmed.",
    )
    administered_by = AdministeredBy.CLINICIAN
    loinc_total = "93374-7"
    items = (
        yes_no("q1", "Question 1", loinc="93246-7"),
        yes_no("q2", "Question 2", loinc="93247-5"),
        yes_no("q3", "Question 3", loinc="93248-3", asked_when=IF_Q2),
        yes_no("q4", "Question 4", loinc="93249-1", asked_when=IF_Q2),
        yes_no("q5", "Question 5", loinc="93250-9", asked_when=IF_Q2),
        yes_no("q6", "Question 6, ever", loinc="93267-3"),
        yes_no("q6_recent", "Question 6, in the last 3 months", loinc="93269-9", asked_when=IF_Q6),
    )
    has_total = False
    bands = ()
    highest_total = None
    categories = (NONE, LOW, MODERATE, HIGH)
    scoring = (
        "High: yes to question 4 or 5, or to 6 within 3 months. Moderate: yes to question 3, or to 6 "
        "longer ago. Low: yes to question 1 or 2 only. The gravest that applies counts."
    )
    alert_rule = "Any question answered yes, also while others have no answer."
    missing_items = "Every question that is to be asked needs an answer; the alert does not wait for it."
    change_that_matters = "Not meant to follow change; each screening stands for itself."

    def score(self, answers: Answers) -> Score:
        """Find the triage category of the answers.

        Raises ValueError for an unknown question or an answer other than yes or no.
        """
        complete = self.checked(answers)
        alerts = self.alerts_of(complete)
        missing = len(self.unanswered(complete))
        if missing:
            return self.refused(f"{missing} questions to be asked are not answered", alerts=alerts)
        category = category_so_far(complete)
        return Score(
            instrument=self.code,
            version=self.version,
            total=None,
            band=category.label,
            positive=category is not NONE,
            alerts=alerts,
            category=category.code,
        )

    def alerts_of(self, answers: Answers) -> tuple[Alert, ...]:
        """Raise the alert when any question is answered yes, and say how grave the answers so far are."""
        category = category_so_far(answers)
        if category is NONE:
            return ()
        return (Alert(POSITIVE_ALERT, f"C-SSRS, {category.label} by the answers so far: speak with the patient now"),)


def category_so_far(answers: Answers) -> Category:
    """Give the gravest category that the answers given reach; a question without an answer adds nothing."""
    for category, questions in TRIAGE:
        if any(answers.get(question) == 1 for question in questions):
            return category
    return NONE
