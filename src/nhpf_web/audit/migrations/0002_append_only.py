"""The database itself refuses to change or delete an entry, whoever asks and by whatever tool."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

WORDS = "The log is only added to."

SQLITE = (
    f"""CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER audit_entry_not_deleted BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
)
SQLITE_UNDONE = (
    "DROP TRIGGER audit_entry_not_changed",
    "DROP TRIGGER audit_entry_not_deleted",
)
POSTGRESQL = (
    f"""CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    """CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    """CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
)
POSTGRESQL_UNDONE = (
    "DROP TRIGGER audit_entry_not_emptied ON audit_entry",
    "DROP TRIGGER audit_entry_not_changed ON audit_entry",
    "DROP FUNCTION audit_entry_refuse()",
)


def run(
    *, sqlite: tuple[str, ...], postgresql: tuple[str, ...]
) -> Callable[[Any, Any], None]:
    """Return a migration step that runs the statements of the database in use."""

    def step(_apps: Any, schema_editor: Any) -> None:
        statements = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
        for statement in statements:
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            run(sqlite=SQLITE, postgresql=POSTGRESQL),
            run(sqlite=SQLITE_UNDONE, postgresql=POSTGRESQL_UNDONE),
        )
    ]
