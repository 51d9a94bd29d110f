"""SQL for tables in which a row, once written, stays as it is."""

from django.db import migrations


def append_only(table: str, *, constraint: str, message: str) -> migrations.RunSQL:
    """Refuse every change, deletion and truncation of a table, with a sentence for people."""
    function = f"{table}_stays"
    quoted = message.replace("'", "''").replace("%", "%%")
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{quoted}' USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
        END $$;
        CREATE TRIGGER {constraint} BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {function}();
        CREATE TRIGGER {constraint}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {function}();
        """,
        f"""
        DROP TRIGGER {constraint}_whole ON {table};
        DROP TRIGGER {constraint} ON {table};
        DROP FUNCTION {function}();
        """,
    )
