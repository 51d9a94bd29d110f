"""The one way the catalogue changes: it is loaded from its reviewed data files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.accounts.models import User
from apps.core.writing import SystemProcess, author_of, writes
from apps.medicines.catalogue.reader import CATALOGUE_FOLDER, CatalogueRow, read_catalogue
from apps.medicines.models import Medicine
from apps.medicines.selectors import USE_FIELDS

LOADER = SystemProcess("medicines catalogue")
_PLAIN_COLUMNS = tuple(
    name for name in CatalogueRow.__dataclass_fields__ if name not in {"code", "uses", "ingredients", "atc_version"}
)
_CHANGEABLE = (*_PLAIN_COLUMNS, *USE_FIELDS.values(), "ingredients", "atc_version", "active")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, as codes in alphabetical order. `changed` includes medicines that came back to the files."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]


@writes
def load_catalogue(*, by: User | SystemProcess, folder: Path = CATALOGUE_FOLDER) -> LoadReport:
    """Make the table say what the data files say; running it again changes nothing.

    A medicine that left the files is withdrawn (inactive), because diaries and ledgers may point to it.

    Raises CatalogueError, with every fault by file and line, before anything is written.
    """
    wanted = {row.code: _fields_of(row) for row in read_catalogue(folder)}
    # Locked, so that two loads at once do not both think a medicine is missing from the other's files.
    present = {medicine.code: medicine for medicine in Medicine.objects.select_for_update()}

    added = [
        Medicine(code=code, created_by=author_of(by), **fields)
        for code, fields in wanted.items()
        if code not in present
    ]
    changed = [
        _apply(present[code], fields)
        for code, fields in wanted.items()
        if code in present and _differs(present[code], fields)
    ]
    withdrawn = sorted(code for code, medicine in present.items() if medicine.active and code not in wanted)

    Medicine.objects.bulk_create(added)
    Medicine.objects.bulk_update(changed, _CHANGEABLE)
    Medicine.objects.filter(code__in=withdrawn).update(active=False)
    changed_codes = {medicine.code for medicine in changed}
    return LoadReport(
        added=tuple(sorted(medicine.code for medicine in added)),
        changed=tuple(sorted(changed_codes)),
        unchanged=tuple(sorted(code for code in wanted if code in present and code not in changed_codes)),
        withdrawn=tuple(withdrawn),
    )


def _fields_of(row: CatalogueRow) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN_COLUMNS}
    fields |= {field: use in row.uses for use, field in USE_FIELDS.items()}
    fields |= {"ingredients": list(row.ingredients), "atc_version": row.atc_version, "active": True}
    return fields


def _differs(medicine: Medicine, fields: dict[str, Any]) -> bool:
    return any(getattr(medicine, name) != value for name, value in fields.items())


def _apply(medicine: Medicine, fields: dict[str, Any]) -> Medicine:
    for name, value in fields.items():
        setattr(medicine, name, value)
    return medicine
