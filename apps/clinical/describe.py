"""The rule book as text that a clinician can read and sign."""

from collections.abc import Iterator

from apps.clinical.instruments import Band, Instrument, all_instruments
from apps.clinical.rulebook import Entry, all_rules
from apps.clinical.safety.substances import GROUPS

TITLE = "# Clinical rules"

PREFACE = (
    "This page is made from the rules themselves by `manage.py describe_rules`; change the rule, "
    "not this page. A headache physician signs each rule before it is used with patients.\n\n"
    "Every rule answers met, not met or cannot tell. Missing diary days are never headache-free "
    "days: a count runs from the recorded days up to the recorded plus the unknown ones."
)

SUBSTANCES = (
    "No list is complete. A medicine also belongs to a list when its class in the catalogue or the patient's record "
    "says so. What is to be confirmed was added so that nothing passes unseen; a pharmacist confirms it."
)


def rule_book() -> str:
    """Write every rule and every instrument as Markdown, in a fixed order."""
    parts = [TITLE, PREFACE, "## Rules"]
    parts.extend("\n\n".join(_rule(entry)) for entry in all_rules())
    parts.extend(["## Substances of the safety rules", SUBSTANCES, _substances()])
    parts.append("## Questionnaires and scores")
    parts.extend("\n\n".join(_instrument(found)) for found in all_instruments())
    return "\n\n".join(parts) + "\n"


def _rule(entry: Entry) -> Iterator[str]:
    rule = entry.rule
    yield f"### {rule.title}"
    yield f"`{rule.id}` version {rule.version} · {rule.certainty.label}"
    yield entry.definition
    if rule.thresholds:
        rows = [f"| {each.label} | {each.value} | {each.reason} |" for each in rule.thresholds]
        yield "\n".join(["| what | value | why |", "|---|---|---|", *rows])
    yield f"Source: {rule.source}."


def _substances() -> str:
    rows = (
        f"| {group.name} | {_members(group.named)} | {_members(group.to_confirm)} | {_members(group.classes)} |"
        for group in GROUPS
    )
    return "\n".join(["| list | named by the source | to be confirmed | classes |", "|---|---|---|---|", *rows])


def _members(members: frozenset[str]) -> str:
    return ", ".join(sorted(members)) or "–"


def _instrument(found: Instrument) -> Iterator[str]:
    yield f"### {found.title}"
    yield f"`{found.code}` version {found.version} · {found.certainty.label}"
    yield f"{found.about} {found.recall}."
    yield from _result(found)
    if found.alert_rule:
        yield f"Alert: {found.alert_rule}"
    yield f"Missing answers: {found.missing_items}"
    yield f"Change that matters: {found.change_that_matters}"
    if found.to_confirm:
        yield f"To be confirmed: {' '.join(found.to_confirm)}"
    yield f"Licence: policy {found.policy.value}, {found.policy.label}. {found.licence}. As stated by: {found.licence_source}."
    yield f"Official text: {found.official_text}.{_pending(found)}"
    yield f"Source: {found.source}."


def _result(found: Instrument) -> Iterator[str]:
    yield f"{'Total' if found.has_total else 'Result'}: {found.scoring}"
    if found.categories:
        yield "\n".join(f"- {category.label}" for category in found.categories)
    if found.bands:
        yield _bands(found.bands + found.finer_bands)
    if found.cut_off is not None:
        yield f"Positive screen: {found.cut_off} {_onwards(found.higher_is_worse)}."
    for scale in found.subscales:
        higher = "higher is worse" if scale.higher_is_worse else "higher is better"
        positive = f", positive {scale.cut_off} {_onwards(scale.higher_is_worse)}" if scale.cut_off else ""
        yield f"Scale {scale.label}: {scale.lowest} to {scale.highest}, {higher}{positive}."
        if scale.bands:
            yield _bands(scale.bands)


def _bands(bands: tuple[Band, ...]) -> str:
    rows = [f"| {_totals(band)} | {band.label} |" for band in bands]
    return "\n".join(["| total | band |", "|---|---|", *rows])


def _onwards(higher_is_worse: bool) -> str:
    return "or more" if higher_is_worse else "or less"


def _pending(found: Instrument) -> str:
    return f" Not shown yet: {found.wording_pending}" if found.wording_pending else ""


def _totals(band: Band) -> str:
    if band.highest is None:
        return f"{band.lowest} or more"
    return str(band.lowest) if band.lowest == band.highest else f"{band.lowest}–{band.highest}"
