from apps.diary.services.importing import import_days, undo_import
from apps.diary.services.recording import DayConflict, SavedMonth, StaleDays, record_day, record_month
from apps.diary.services.sheets import print_sheets

__all__ = [
    "DayConflict",
    "SavedMonth",
    "StaleDays",
    "import_days",
    "print_sheets",
    "record_day",
    "record_month",
    "undo_import",
]
