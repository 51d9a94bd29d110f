"""The words for a medicine, on the list and on its page."""

from dataclasses import dataclass
from decimal import Decimal

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Certainty
from apps.core.dates import short_date
from apps.core.sentences import name_in_sentence
from apps.medicines.models import Medicine

NOT_STATED = "Not stated by the source"
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One region of a medicine's page: a heading and its lines; `points` are shown as a list."""

    title: str
    rows: tuple[Row, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """One medicine in the list."""

    code: str
    name: str
    atc_code: str
    uses: str
    pharmacological_class: str
    advice: str
    counts_as: str
    usual_dose: str
    certainty: str
    is_certain: bool


def line(medicine: Medicine) -> MedicineLine:
    """A medicine as one line of the list."""
    return MedicineLine(
        code=medicine.code,
        name=medicine.generic_name,
        atc_code=medicine.atc_code,
        uses=uses_in_words(medicine),
        pharmacological_class=medicine.get_pharmacological_class_display(),
        advice=medicine.get_advice_display(),
        counts_as=_counting_in_brief(medicine),
        usual_dose=usual_dose_in_words(medicine),
        certainty=medicine.get_certainty_display(),
        is_certain=medicine.certainty == Certainty.CERTAIN,
    )


def sections(medicine: Medicine) -> tuple[Section, ...]:
    """Everything the catalogue says about a medicine, in the order in which it is asked."""
    cautions = tuple(_sentence(part) for part in medicine.cautions.split(";") if part.strip())
    return (
        Section("Use", _stated(_use_rows(medicine))),
        Section("Dose in adults", _stated(_dose_rows(medicine))),
        Section("Main cautions", _stated([("Pregnancy", medicine.pregnancy)]), cautions or (NOT_STATED,)),
        Section("Counting of acute medication days", _stated(_counting_rows(medicine))),
        Section("Class in the definitions", _stated(_definition_rows(medicine))),
        Section("Source", _stated(_source_rows(medicine))),
    )


def uses_in_words(medicine: Medicine) -> str:
    """Like "Preventive, acute"."""
    uses = [
        word
        for word, applies in (
            ("preventive", medicine.is_preventive),
            ("acute", medicine.is_acute),
            ("rescue", medicine.is_rescue),
            ("within a procedure", medicine.is_procedure),
        )
        if applies
    ]
    return _sentence(", ".join(uses))


def counting_in_words(medicine: Medicine) -> str:
    """Like "Triptan and NSAID: overuse from 10 days a month"."""
    if medicine.overuse_class == OveruseClass.NONE:
        return "In no overuse class"
    return f"{_overuse_classes(medicine)}: overuse from {medicine.overuse_limit_days} days a month"


def usual_dose_in_words(medicine: Medicine) -> str:
    """Like "80–160 mg a day, at most 240 mg"; empty when the source gives no usual dose."""
    if medicine.usual_dose is None:
        return ""
    low, high = medicine.usual_dose
    figures = _figure(low) if low == high else f"{_figure(low)}–{_figure(high)}"
    dose = f"{figures} {medicine.dose_unit} {medicine.get_dose_period_display()}"
    if medicine.dose_max is None or medicine.dose_max == high:
        return dose
    return f"{dose}, at most {_figure(medicine.dose_max)} {medicine.dose_unit}"


def planning_in_words(medicine: Medicine) -> str:
    """Like "At most 9 days a month"; "Ideally none" for 0; empty when the source gives no figure."""
    if medicine.planning_max_days is None:
        return ""
    days = medicine.planning_max_days
    return f"At most {days} days a month" if days else "Ideally none"


def _counting_in_brief(medicine: Medicine) -> str:
    """Like "Triptan and NSAID (10 days)"; empty for what is never taken for an attack."""
    if not (medicine.is_acute or medicine.is_rescue):
        return ""
    if medicine.overuse_limit_days is None:
        return "No class"
    return f"{_overuse_classes(medicine)} ({medicine.overuse_limit_days} days)"


def _overuse_classes(medicine: Medicine) -> str:
    first, second = medicine.get_overuse_class_display(), medicine.get_also_overuse_class_display()
    return f"{first} and {name_in_sentence(second)}" if second else first


def _use_rows(medicine: Medicine) -> list[Row]:
    return [
        ("Used as", uses_in_words(medicine)),
        ("Pharmacological class", medicine.get_pharmacological_class_display()),
        ("Given", medicine.get_route_display()),
        ("Setting", medicine.setting),
        ("Advice", medicine.get_advice_display()),
        ("Evidence", medicine.evidence),
        ("National differences", medicine.availability),
        ("ATC code", _atc(medicine)),
    ]


def _dose_rows(medicine: Medicine) -> list[Row]:
    most = f"{_figure(medicine.max_per_24h)} {medicine.dose_unit}" if medicine.max_per_24h is not None else ""
    return [
        ("Usual dose", usual_dose_in_words(medicine) or NOT_STATED),
        ("Highest in 24 hours", most),
        ("Note", medicine.dose_note),
        ("Adequate trial", medicine.trial_note or _weeks(medicine.trial_weeks)),
    ]


def _counting_rows(medicine: Medicine) -> list[Row]:
    return [
        ("ICHD-3 8.2", counting_in_words(medicine)),
        ("Plan for", planning_in_words(medicine)),
        ("Note", medicine.overuse_note),
    ]


def _definition_rows(medicine: Medicine) -> list[Row]:
    ehf_2020 = (
        f"{medicine.ehf_2020_class} {medicine.get_ehf_2020_class_display()}"
        if medicine.ehf_2020_class is not None
        else medicine.ehf_2020_note or "None"
    )
    return [
        ("EHF 2020", ehf_2020),
        ("EHF 2014", medicine.get_ehf_2014_group_display() or "None"),
        ("Schulman 2008", medicine.get_schulman_2008_class_display() or "None"),
    ]


def _source_rows(medicine: Medicine) -> list[Row]:
    return [
        ("Source", medicine.source),
        ("Certainty", medicine.get_certainty_display()),
    ]


def _atc(medicine: Medicine) -> str:
    if not medicine.atc_code or medicine.atc_version is None:
        return "None"
    return f"{medicine.atc_code} (list of {short_date(medicine.atc_version)})"


def _weeks(weeks: int | None) -> str:
    return f"{weeks} weeks" if weeks is not None else ""


def _stated(rows: list[Row]) -> tuple[Row, ...]:
    return tuple((label, value) for label, value in rows if value)


def _figure(number: Decimal) -> str:
    """Without the zeros that the database adds: 0.5, 80."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _sentence(words: str) -> str:
    """First letter large; the rest stays, abbreviations included."""
    words = words.strip()
    return words[:1].upper() + words[1:]
