"""Mimics and secondary causes to be ruled out before migraine is called refractory.

The list follows ICHD-3 (2018) chapters 5 to 13, NICE CG150, the consensus on idiopathic intracranial hypertension
(Mollan 2018), the guideline on spontaneous intracranial hypotension (Cheema 2023) and the guideline on giant cell
arteritis (Mackie 2020). Clues and tests are reminders for clinicians, to be confirmed by the clinic before use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from apps.clinical.findings import Answer, Certainty, Fact, Finding, all_of
from apps.clinical.rulebook import Rule


class LineState(StrEnum):
    """Where the work-up of one cause stands."""

    TO_DO = "to_do"
    ORDERED = "ordered"
    RESULT = "result"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        """The state as words for the page."""
        return {
            LineState.TO_DO: "to do",
            LineState.ORDERED: "ordered",
            LineState.RESULT: "result",
            LineState.NOT_NEEDED: "not needed, with reason",
        }[self]


@dataclass(frozen=True, slots=True)
class Cause:
    """One line of the work-up: what it is, what points to it, what tests it."""

    code: str
    name: str
    clues: str
    test: str
    certainty: Certainty = Certainty.CERTAIN


CAUSES = (
    Cause("overuse", "Medication overuse", "Acute medicines on many days", "Diary, all acute medicines together"),
    Cause("iih", "Idiopathic intracranial hypertension", "Obesity, transient visual loss, pulsatile tinnitus, "
          "papilloedema, sixth-nerve palsy; rarely without papilloedema", "MRI with MR venography, eye examination, "
          "opening pressure of at least 25 cm CSF in adults (28 in obese or sedated children)"),
    Cause("sih", "Spontaneous intracranial hypotension", "Better lying down, orthostatic, tinnitus, neck pain",
          "MRI of the brain with contrast, imaging of the spine; pressure may be normal"),
    Cause("cvt", "Cerebral venous thrombosis", "Oestrogen, pregnancy, clotting disorder, progressive",
          "MR or CT venography"),
    Cause("vascular", "Dissection, reversible vasoconstriction, aneurysm, subarachnoid haemorrhage",
          "Sudden, neck pain, Horner; trigger cough, sex or a vasoactive substance", "CT or MR angiography, lumbar "
          "puncture"),
    Cause("gca", "Giant cell arteritis", "50 years or older, jaw pain, scalp tenderness, visual loss, polymyalgia",
          "ESR and CRP the same day; steroid before biopsy or ultrasound"),
    Cause("mass", "Mass, pituitary, Chiari, hydrocephalus, colloid cyst", "Cough headache, morning vomiting, visual "
          "field, endocrine signs", "MRI with contrast"),
    Cause("hemicrania", "Hemicrania continua", "Strictly one-sided, continuous, autonomic features",
          "Indomethacin trial with gastroprotection (to 150 mg a day by mouth, up to 225 as needed)"),
    Cause("tac", "Paroxysmal hemicrania, cluster headache, SUNCT", "Side-locked, short, autonomic",
          "Indomethacin; MRI of the pituitary"),
    Cause("ndph", "New daily persistent headache", "The day of onset is remembered, continuous within 24 hours",
          "History, MRI, viral tests"),
    Cause("sleep_apnoea", "Sleep-apnoea headache", "Present on waking, gone within 4 hours", "Sleep screen and study"),
    Cause("neck", "Cervicogenic headache, neck disorder", "Side-locked, reduced movement of the neck, posterior onset, "
          "neck trauma", "Examination, diagnostic block, NDI"),
    Cause("jaw", "Temporomandibular disorder", "Jaw pain, click, bruxism", "Examination, dentist"),
    Cause("sinus", "Sinus disease", "Signs of infection, nasal discharge", "Examination; migraine is often taken for it"),
    Cause("cardiac", "Cardiac cephalalgia", "Brought on by exertion, relieved by rest", "ECG, work-up of ischaemia; no "
          "vasoconstrictors"),
    Cause("blood_pressure", "Hypertensive crisis, phaeochromocytoma", "180/120 or more; attacks of sweating and "
          "palpitations", "Blood pressure, metanephrines"),
    Cause("bloods", "Thyroid, anaemia, carbon monoxide, hypercalcaemia, B12", "Often none", "Full blood count, TSH, "
          "metabolic panel, exposure to carbon monoxide", Certainty.CHECK),
    Cause("drugs", "Drug-induced headache", "Nitrates, PDE5 inhibitors, hormones, stopped steroids, caffeine, SSRIs, "
          "sympathomimetics", "Review of all medicines"),
    Cause("brain", "Epilepsy, MELAS, CADASIL", "Stroke-like episodes, seizures, dementia, family history",
          "MRI, genetics"),
    Cause("psychiatric", "Somatic symptom, functional or psychiatric disorder", "Depression and anxiety screens",
          "Clinical assessment", Certainty.CHECK),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """The recorded state of one cause.

    reason: why it is not needed. reviewed: somebody has looked at the result. explains: the result explains the
    headache, which speaks against refractory migraine as much as a result that is not there yet.
    """

    state: LineState = LineState.TO_DO
    reason: str = ""
    reviewed: bool = False
    explains: bool = False

    @property
    def closed(self) -> Answer:
        """Whether nothing is left to do: a reviewed result that explains nothing, or not needed with a reason."""
        done = self.state is LineState.RESULT and self.reviewed and not self.explains
        not_needed = self.state is LineState.NOT_NEEDED and bool(self.reason.strip())
        return Answer.MET if done or not_needed else Answer.NOT_MET


RULE = Rule(
    id="work_up.secondary_causes",
    version="2.0",
    title="Other causes ruled out",
    source="ICHD-3 2018 chapters 5–13, NICE CG150, Mollan 2018, Cheema 2023, Mackie 2020; the rule is a clinic convention",
    certainty=Certainty.CONVENTION,
)


@RULE.defines
def work_up(lines: Mapping[str, Line]) -> Finding:
    """Whether every other cause has been dealt with.

    A line is closed when its result has been reviewed and does not explain the headache, or when it is not needed and
    the reason is written down. A result that explains the headache is to be treated first: its line stays open.
    Refractory can be confirmed only when every line is closed; until then it is provisional.

    Raises ValueError for a cause that is not on the list.
    """
    if unknown := sorted(lines.keys() - {cause.code for cause in CAUSES}):
        raise ValueError(f"not on the list of causes: {', '.join(unknown)}")
    states = {cause: lines.get(cause.code, Line()) for cause in CAUSES}
    answer = all_of(tuple(line.closed for line in states.values()))
    open_ = [cause for cause, line in states.items() if line.closed is not Answer.MET]
    return RULE.finding(
        answer=answer,
        headline=(
            "Other causes are ruled out or not applicable"
            if answer is Answer.MET
            else f"{len(open_)} of {len(CAUSES)} other causes are still open"
        ),
        facts=[Fact(cause.name, _words(line)) for cause, line in states.items()],
        missing=[f"Open: {cause.name}" for cause in open_],
    )


def _words(line: Line) -> str:
    if line.state is LineState.RESULT and not line.reviewed:
        return "result, not reviewed"
    if line.state is LineState.RESULT and line.explains:
        return "result explains the headache"
    return f"not needed: {line.reason}" if line.state is LineState.NOT_NEEDED and line.reason else line.state.label
