"""Forms of the diary: what a person types or chooses, cleaned. They never write."""

from apps.diary.forms.month import MonthForm
from apps.diary.forms.sheet import SheetForm

__all__ = ["MonthForm", "SheetForm"]
