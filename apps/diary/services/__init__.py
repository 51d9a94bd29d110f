from apps.diary.services.files import (
    add_part,
    begin_upload,
    choose_columns,
    choose_sheet,
    confirm_file,
    discard_file,
    drop_upload,
    finish_upload,
)
from apps.diary.services.importing import import_days
from apps.diary.services.names import NameDecision, decide_names
from apps.diary.services.recording import DayConflict, SavedMonth, StaleDays, record_day, record_month
from apps.diary.services.sheets import print_sheets
from apps.diary.services.undoing import Undone, undo_import, untouched_days

__all__ = [
    "DayConflict",
    "NameDecision",
    "SavedMonth",
    "StaleDays",
    "Undone",
    "add_part",
    "begin_upload",
    "choose_columns",
    "choose_sheet",
    "confirm_file",
    "decide_names",
    "discard_file",
    "drop_upload",
    "finish_upload",
    "import_days",
    "print_sheets",
    "record_day",
    "record_month",
    "undo_import",
    "untouched_days",
]
