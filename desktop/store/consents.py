"""Who has not agreed to the use of their data, or has taken it back."""

from __future__ import annotations

from desktop.schema.definition import Forms
from desktop.store.driver import Connection

CLIENT, CONSENT = "client", "consent"

_WITHOUT = """
SELECT p.id FROM main.client AS p
WHERE p.deleted_at IS NULL AND p.kind = 'CA_NHAN' AND p.death_date IS NULL AND NOT EXISTS (
  SELECT 1 FROM main.consent AS c
  WHERE c.client = p.id AND c.date <= ? AND (c.withdrawn IS NULL OR c.withdrawn > ?))
ORDER BY p.sort_key, p.id"""


def without_consent(connection: Connection, forms: Forms, day: str) -> list[str]:
    """Ids of living clients with no consent in force on an ISO day, in the order of their list;
    empty where the definitions keep no consents."""
    known = forms.registers
    if not {CLIENT, CONSENT} <= known.keys() or known[CONSENT].parent != CLIENT:
        return []
    return [str(row[0]) for row in connection.execute(_WITHOUT, (day, day)).fetchall()]
