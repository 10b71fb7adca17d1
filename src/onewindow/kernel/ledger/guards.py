"""What the database itself refuses, put in place by the owner after every migration.

- The running role may insert and read what is `append_only` (the ledger, legal documents), and nothing
  else: no UPDATE, DELETE or TRUNCATE.
- No subject may be born, or change its state, its count of moves or its head, without the ledger row
  of that number and digest written in the same transaction: nor can it be set back to an earlier row. A deleted subject is refused as well.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.ledger.models import Subject

FUNCTIONS = {
    "ledger_guard": """
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.state, NEW.moves, NEW.head) = (OLD.state, OLD.moves, OLD.head) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM ledger_entry
        WHERE subject_kind = TG_ARGV[0] AND subject_id = NEW.id AND n = NEW.moves AND digest = NEW.head AND now = NEW.state
          AND xid = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a % changes only together with its ledger row', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END """,
    "ledger_keep": """
BEGIN
    RAISE EXCEPTION 'a % is never deleted', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END """,
}

# Written as the server writes them back, so that what stands can be compared with what should.
TRIGGERS = {
    "ledger_guard_birth": "AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_guard('{kind}')",
    "ledger_guard_move": "AFTER UPDATE OF state, moves, head ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_guard('{kind}')",
    "ledger_keep": "BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_keep('{kind}')",
}

_REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}' AND rolname <> current_user) THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {role};
    END IF;
END $$;
"""


def put_in_place(using: str = "default", **_: Any) -> None:
    """Create or renew every guard. Runs as the owner of the tables, after each migration."""
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        if "ledger_entry" not in present:
            return
        for name, body in FUNCTIONS.items():
            cursor.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
        for model in _subjects():
            table = model._meta.db_table
            if table in present:
                for name, does in TRIGGERS.items():
                    cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {does.format(table=table, kind=model.machine.kind)}")
        kept = sorted(_append_only() & present)
        cursor.execute(_REVOKE.format(role=settings.APP_ROLE, tables=", ".join(kept)))


def check_guards(report: Report) -> None:
    """Report every guard that is missing, disabled or other than `put_in_place` makes it. Reads the catalogue only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s) AND pg_function_is_visible(oid)", [list(FUNCTIONS)])
        bodies = dict(cursor.fetchall())
        cursor.execute(
            """SELECT c.relname, t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid, true)
               FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
               WHERE t.tgname = ANY(%s) AND pg_table_is_visible(c.oid)""",
            [list(TRIGGERS)],
        )
        standing = {(table, name): (enabled, made) for table, name, enabled, made in cursor.fetchall()}
        # A trial may run under the owner's own role, who can never be kept from anything.
        cursor.execute(
            """SELECT c.relname, p.privilege FROM pg_class c, pg_roles r, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) p (privilege)
               WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND r.rolname = %s AND NOT r.rolsuper AND c.relowner <> r.oid
                 AND (has_table_privilege(r.oid, c.oid, p.privilege)
                      OR p.privilege = 'UPDATE' AND has_any_column_privilege(r.oid, c.oid, 'UPDATE'))
               ORDER BY 1, 2""",
            [sorted(_append_only()), settings.APP_ROLE],
        )
        allowed = cursor.fetchall()
    for name, body in FUNCTIONS.items():
        if bodies.get(name) != body:
            report.add("guard-changed", f"{name}()", f"守护函数 {name} 缺失或被改动", f"the guarding function {name} is missing or was changed")
    for model in _subjects():
        for name, does in TRIGGERS.items():
            _check_trigger(model._meta.db_table, name, does.format(table=model._meta.db_table, kind=model.machine.kind), standing, report)
    for table, privilege in allowed:
        report.add(
            "guard-open", f"{table}:{privilege}", f"运行账号对只增表 {table} 有 {privilege} 权限",
            f"the running role may {privilege} in {table}, which is only ever appended to",
        )  # fmt: skip


def _check_trigger(table: str, name: str, does: str, standing: dict[tuple[str, str], tuple[str, str]], report: Report) -> None:
    report.guards += 1
    place = f"{table}.{name}"
    enabled, made = standing.get((table, name), ("", ""))
    if not made:
        report.add("guard-missing", place, f"表 {table} 缺少触发器 {name}", f"table {table} lacks its trigger {name}")
    elif enabled not in ("O", "A"):  # as it was made, or always; anything else lets the running role past
        report.add("guard-disabled", place, f"表 {table} 的触发器 {name} 被停用", f"trigger {name} of table {table} is disabled")
    elif made != f"CREATE TRIGGER {name} {does}":
        report.add("guard-changed", place, f"表 {table} 的触发器 {name} 被改动", f"trigger {name} of table {table} was changed")


def _subjects() -> list[type[Subject]]:
    return [model for model in apps.get_models() if issubclass(model, Subject)]


def _append_only() -> set[str]:
    return {model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)}
