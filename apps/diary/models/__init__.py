from apps.diary.models.attack import Attack
from apps.diary.models.batch import ImportBatch
from apps.diary.models.context import DayContext
from apps.diary.models.day import DiaryDay
from apps.diary.models.file import DiaryFile, DiaryFilePart
from apps.diary.models.intake import AcuteIntake
from apps.diary.models.link import DiaryLink, LinkEntry
from apps.diary.models.mapping import ColumnMapping
from apps.diary.models.names import MedicineName
from apps.diary.models.rollup import AcuteMonth
from apps.diary.models.sheet import DiarySheet

__all__ = [
    "AcuteIntake",
    "AcuteMonth",
    "Attack",
    "ColumnMapping",
    "DayContext",
    "DiaryDay",
    "DiaryFile",
    "DiaryFilePart",
    "DiaryLink",
    "DiarySheet",
    "ImportBatch",
    "LinkEntry",
    "MedicineName",
]
