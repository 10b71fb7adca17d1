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
from django.db import connections

from onewindow.kernel.ledger.models import Subject

_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;
CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a % is never deleted', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

_TRIGGERS = """
CREATE OR REPLACE TRIGGER ledger_guard_birth AFTER INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_guard('{kind}');
CREATE OR REPLACE TRIGGER ledger_guard_move AFTER UPDATE OF state, moves, head ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_guard('{kind}');
CREATE OR REPLACE TRIGGER ledger_keep BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_keep('{kind}');
"""

_REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}' AND rolname <> current_user) THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {role};
    END IF;
END $$;
"""


def put_in_place(using: str = "default", **_: Any) -> None:
    """Create or renew every guard. Runs as the owner of the tables, after each migration."""
    subjects = [model for model in apps.get_models() if issubclass(model, Subject)]
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        if "ledger_entry" not in present:
            return
        cursor.execute(_FUNCTION)
        for model in subjects:
            if model._meta.db_table in present:
                cursor.execute(_TRIGGERS.format(table=model._meta.db_table, kind=model.machine.kind))
        kept = sorted({m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False)} & present)
        cursor.execute(_REVOKE.format(role=settings.APP_ROLE, tables=", ".join(kept)))
