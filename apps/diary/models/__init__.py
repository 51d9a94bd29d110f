from apps.diary.models.attack import Attack
from apps.diary.models.batch import ImportBatch
from apps.diary.models.context import DayContext
from apps.diary.models.day import DiaryDay
from apps.diary.models.intake import AcuteIntake
from apps.diary.models.link import DiaryLink, LinkEntry

__all__ = ["AcuteIntake", "Attack", "DayContext", "DiaryDay", "DiaryLink", "ImportBatch", "LinkEntry"]
