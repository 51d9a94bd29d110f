"""An import and its account of rows, for the data page."""

from dataclasses import dataclass
from typing import Any

from apps.diary.choices import ImportSource
from apps.diary.imports import kostecki
from apps.diary.models import ImportBatch

_CITATIONS = {ImportSource.KOSTECKI_DILLON: kostecki.PUBLISHED}


@dataclass(frozen=True)
class BatchView:
    """An import: what was read, and each row that was not taken with the reason."""

    batch: ImportBatch
    citation: str
    by: str
    not_taken: tuple[tuple[int, str, str], ...]


def batch_view(batch: ImportBatch) -> BatchView:
    return BatchView(
        batch=batch,
        citation=_CITATIONS[ImportSource(batch.source)],
        by=batch.created_by.full_name if batch.created_by else "the clinic's set-up",
        not_taken=tuple(
            sorted(_notes(batch.report, "duplicate", "repetition") + _notes(batch.report, "refused", "refused"))
        ),
    )


def _notes(report: dict[str, Any], key: str, word: str) -> list[tuple[int, str, str]]:
    return [(note["row"], word, note["sentence"]) for note in report.get(key, [])]
