"""Many new rows in one COPY: several times quicker than INSERT, and the triggers see every row all the same."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.db import connection, models


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model, without learning their keys. Inside a transaction, like any write.

    The history names the author because the transaction has written something in the ordinary way before.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key and not field.generated]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([_plain(field.pre_save(row, add=True)) for field in fields])


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
