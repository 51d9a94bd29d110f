"""What a diary entry can hold, as the database has it, and what a file may cost; the reader shortens or refuses."""

from datetime import date

EARLIEST_DAY = date(1990, 1, 1)
LONGEST_NOTE = 500
LONGEST_WORD = 80
LONGEST_NAME = 120
LONGEST_ATTACK_DAYS = 31
MOST_DOSES = 20
MOST_PAIN = 10
# An attack has no more words of one kind than a person would pick from a list.
MOST_WORDS = 40

MEBIBYTE = 1024 * 1024
# A spreadsheet program itself holds 32,767 characters in a cell.
LONGEST_CELL = 131_072
# Columns beyond are a file that is no table.
MOST_COLUMNS = 500
