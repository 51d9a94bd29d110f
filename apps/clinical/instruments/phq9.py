"""PHQ-9, depression severity over two weeks. Kroenke, Spitzer & Williams 2001.

Item 9 asks for thoughts of death or self-harm: any answer but "not at all" is an alert, whatever
the total and also when other items are missing.
"""

from decimal import Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Alert, Answers, Band, Input, Item, LicencePolicy, MeaningfulChange
from apps.clinical.instruments.phq_family import (
    INTEREST,
    MOOD,
    MOST_MISSING,
    PRORATED,
    PRORATING_TO_CONFIRM,
    PhqInstrument,
    frequency_item,
)

SELF_HARM_ALERT = "phq9_item9"

# Any answer but "not at all".
SELF_HARM_AT_LEAST = 1

KROENKE = "Kroenke K, Spitzer RL, Williams JBW. J Gen Intern Med 2001;16:606-613"

# Points between two totals from which a change is reliable.
RELIABLE_CHANGE = Decimal(5)


class Phq9(PhqInstrument):
    """Patient Health Questionnaire, nine items."""

    code = "phq9"
    version = "1.0"
    title = "Patient Health Questionnaire (PHQ-9)"
    short_title = "PHQ-9"
    about = "Screens for depressed mood and follows its severity."
    stem = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    policy = LicencePolicy.SHOW_ITEMS
    source = KROENKE
    certainty = Certainty.CERTAIN
    loinc_panel = "44249-1"
    loinc_total = "44261-6"
    items = (
        frequency_item("item1", *INTEREST),
        frequency_item("item2", *MOOD),
        frequency_item(
            "item3",
            "Trouble falling or staying asleep, or sleeping too much",
            "44259-0",
        ),
        frequency_item("item4", "Feeling tired or having little energy", "44254-1"),
        frequency_item("item5", "Poor appetite or overeating", "44251-7"),
        frequency_item(
            "item6",
            "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
            "44258-2",
        ),
        frequency_item(
            "item7",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
            "44252-5",
        ),
        frequency_item(
            "item8",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — "
            "being so fidgety or restless that you have been moving around a lot more than usual",
            "44253-3",
        ),
        frequency_item(
            "item9",
            "Thoughts that you would be better off dead or of hurting yourself in some way",
            "44260-8",
        ),
        Item(
            "difficulty",
            "If you checked off any problems, how difficult have these problems made it for you "
            "to do your work, take care of things at home, or get along with other people?",
            0,
            3,
            input=Input.CHOICE,
            choices=(
                (0, "Not difficult at all"),
                (1, "Somewhat difficult"),
                (2, "Very difficult"),
                (3, "Extremely difficult"),
            ),
            loinc="69722-7",
            counted=False,
            required=False,
        ),
    )
    bands = (
        Band(0, 4, "minimal"),
        Band(5, 9, "mild"),
        Band(10, 14, "moderate"),
        Band(15, 19, "moderately severe"),
        Band(20, 27, "severe"),
    )
    scoring = "The sum of items 1 to 9, each 0 to 3; the difficulty question is not added."
    alert_rule = (
        'Item 9 answered with anything but "not at all", whatever the total and also when other items are missing.'
    )
    cut_off = 10
    highest_total = 27
    most_missing = MOST_MISSING
    missing_items = PRORATED
    to_confirm = (PRORATING_TO_CONFIRM,)
    change_that_matters = "A change of at least 5 points."
    meaningful_change = MeaningfulChange(RELIABLE_CHANGE, KROENKE, Certainty.CERTAIN)

    def alerts_of(self, answers: Answers) -> tuple[Alert, ...]:
        """Raise the self-harm alert when item 9 has any answer but "not at all"."""
        value = answers.get("item9")
        if value is None or value < SELF_HARM_AT_LEAST:
            return ()
        return (
            Alert(
                SELF_HARM_ALERT,
                f"PHQ-9 item 9 answered {value}: speak with the patient now",
            ),
        )
