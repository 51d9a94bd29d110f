from apps.diary.models.batch import ImportBatch
from apps.diary.models.day import DiaryDay
from apps.diary.models.intake import AcuteIntake

__all__ = ["AcuteIntake", "DiaryDay", "ImportBatch"]
