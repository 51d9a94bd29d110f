"""Reads a table by its mapping."""

from typing import BinaryIO

from apps.diary.choices import ImportSource
from apps.diary.imports.delimited import DELIMITERS
from apps.diary.imports.parsed import FileRefused, Progress, ReadAttack, ReadDay, Reading, ReadingRules
from apps.diary.imports.report import RowNote
from apps.diary.imports.tables.cells import CellFault
from apps.diary.imports.tables.mapping import HeadacheScale, Role, TableMapping
from apps.diary.imports.tables.rows import RowReader
from apps.diary.imports.tables.source import Table, opened_table
from apps.diary.imports.times import SEVERITY_REMARK
from apps.diary.imports.words import Remarks

_PROGRESS_EVERY = 1_000


def read_table(file: BinaryIO, mapping: TableMapping, *, rules: ReadingRules, progress: Progress) -> Reading:
    """Read all rows. A table of attacks never says that a day was free of headache; an empty cell says nothing.

    Raises FileRefused when the file is no table, has too many rows, or the mapping does not suffice or does not fit.
    """
    if faults := mapping.faults():
        raise FileRefused(" ".join(faults.values()))
    with opened_table(
        file, most_rows=rules.most_rows, sheet=mapping.sheet, encoding=mapping.encoding, delimiter=mapping.delimiter
    ) as table:
        missing = sorted(set(mapping.roles) - set(table.headings))
        if missing:
            raise FileRefused(f"The table has no column “{missing[0][:40]}” any more. Say again what its columns mean.")
        return _read(table, mapping, rules, progress)


def _read(table: Table, mapping: TableMapping, rules: ReadingRules, progress: Progress) -> Reading:
    remarks = Remarks()
    reader = RowReader(table.headings, mapping, rules, remarks)
    days: list[ReadDay] = []
    attacks: list[ReadAttack] = []
    faults: list[RowNote] = []
    count = 0
    for number, cells in table.rows():
        count += 1
        if count % _PROGRESS_EVERY == 0:
            # How many rows are to come is not known before the end.
            progress(min(95, count // _PROGRESS_EVERY))
        try:
            if mapping.of_attacks:
                attacks.append(reader.attack(number, cells))
            else:
                days.append(reader.day(number, cells))
        except CellFault as fault:
            faults.append(RowNote(number, str(fault)))
    progress(100)
    if mapping.of_attacks:
        remarks.say("The table lists attacks: days without an attack stay not recorded.")
    if Role.PAIN in mapping.roles.values() or mapping.headache_scale is HeadacheScale.ZERO_TO_TEN:
        remarks.say(SEVERITY_REMARK)
    return Reading(
        source=ImportSource.TABLE,
        rows_read=count,
        days=tuple(days),
        attacks=tuple(attacks),
        faults=tuple(faults),
        remarks=remarks.sentences(),
        decided=_decided(table, mapping),
    )


def _decided(table: Table, mapping: TableMapping) -> dict[str, str]:
    decided = {
        "Sheet": table.sheet,
        "Encoding": table.encoding,
        "Separator": DELIMITERS.get(table.delimiter, ""),
        "Order of dates": str(mapping.date_order.label) if mapping.date_order else "",
    }
    return {label: value for label, value in decided.items() if value}
