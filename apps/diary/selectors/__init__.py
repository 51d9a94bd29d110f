from apps.diary.selectors.batches import import_batches, invented_intakes, invented_people
from apps.diary.selectors.days import (
    MonthRecord,
    attacks_of,
    contexts_of,
    counts_for,
    diary_days,
    earliest_day,
    latest_day,
    month_record,
    overuse_assessment,
    overuse_finding,
    own_medicines,
    rows_of,
)
from apps.diary.selectors.sheets import sheet_of, sheet_with_code

__all__ = [
    "MonthRecord",
    "attacks_of",
    "contexts_of",
    "counts_for",
    "diary_days",
    "earliest_day",
    "import_batches",
    "invented_intakes",
    "invented_people",
    "latest_day",
    "month_record",
    "overuse_assessment",
    "overuse_finding",
    "own_medicines",
    "rows_of",
    "sheet_of",
    "sheet_with_code",
]
