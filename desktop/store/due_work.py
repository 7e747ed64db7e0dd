"""Since when, or until when, work is due: one date per record, for each kind of work.

Rules say what is overdue and take a reason for it; the dates here say for how long, and what is
next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.schema.definition import Forms
from desktop.store.driver import Connection, Stored


@dataclass(frozen=True, kw_only=True)
class DueQuery:
    """The records of one kind of work that stand open, each with the day it is due."""

    register: str
    """Register of the records."""
    needs: Mapping[str, tuple[str, ...]]
    """Fields it reads, by register: a province may have other registers."""
    sql: str
    """SELECT of (id, ISO day). `:review_days` is the office's limit for cases without service."""


_REVIEWED = """
SELECT c.id, date(max(
    c.opened,
    coalesce((SELECT max(s.date) FROM main.service_event AS s
      WHERE s.case_record = c.id AND +s.deleted_at IS NULL), ''),
    coalesce((SELECT max(r.date) FROM main.review AS r
      WHERE r.case_record = c.id AND +r.deleted_at IS NULL), '')),
  '+' || :review_days || ' days')
FROM main.case_record AS c WHERE c.status = 'MO' AND c.deleted_at IS NULL"""

_SIXTEEN = """
SELECT DISTINCT p.id, date(
  printf('%04d-%02d-%02d', p.birth_year, coalesce(p.birth_month, 1), coalesce(p.birth_day, 1)),
  '+16 years')
FROM main.client AS p JOIN main.client_category AS k ON k.client = p.id
WHERE p.deleted_at IS NULL AND k.date_to IS NULL AND k.category IN ('01', '02', '03', '04')
  AND p.birth_year IS NOT NULL"""

_NEXT_REVIEW = """
SELECT r.id, r.next_date FROM main.review AS r
JOIN main.case_record AS c ON c.id = r.case_record AND c.status = 'MO' AND c.deleted_at IS NULL
WHERE r.deleted_at IS NULL AND r.next_date IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM main.review AS later WHERE later.case_record = r.case_record
  AND later.deleted_at IS NULL AND later.date > r.date)"""

_PLANS = """
SELECT p.id, p.date FROM main.plan AS p
JOIN main.case_record AS c ON c.id = p.case_record AND c.status = 'MO' AND c.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.approved_on IS NULL"""

QUERIES: Mapping[str, DueQuery] = {
    "emergency": DueQuery(
        register="intake",
        needs={"intake": ("received_at",)},
        sql="SELECT id, substr(received_at, 1, 10) FROM main.intake WHERE deleted_at IS NULL",
    ),
    "quiet_case": DueQuery(
        register="case_record",
        needs={
            "case_record": ("opened", "status"),
            "service_event": ("case_record", "date"),
            "review": ("case_record", "date"),
        },
        sql=_REVIEWED,
    ),
    "dead": DueQuery(
        register="case_record",
        needs={"case_record": ("client", "status"), "client": ("death_date",)},
        sql="SELECT c.id, p.death_date FROM main.case_record AS c "
        "JOIN main.client AS p ON p.id = c.client WHERE c.deleted_at IS NULL",
    ),
    "sixteen": DueQuery(
        register="client",
        needs={"client": ("birth",), "client_category": ("category", "date_to")},
        sql=_SIXTEEN,
    ),
    "review": DueQuery(
        register="review",
        needs={"review": ("case_record", "date", "next_date"), "case_record": ("status",)},
        sql=_NEXT_REVIEW,
    ),
    "plan": DueQuery(
        register="plan",
        needs={"plan": ("case_record", "date", "approved_on"), "case_record": ("status",)},
        sql=_PLANS,
    ),
}
"""By kind of work."""


def due_days(
    connection: Connection, forms: Forms, kind: str, review_days: int
) -> dict[str, str] | None:
    """Id → ISO day of the records of a kind, those without a day left out; None where the office's
    registers do not have what it asks. Raises KeyError for an unknown kind."""
    query = QUERIES[kind]
    if not _is_there(forms, query):
        return None
    named: dict[str, Stored] = {"review_days": review_days} if ":review_days" in query.sql else {}
    found = connection.execute(query.sql, named).fetchall()
    return {str(id): str(day) for id, day in found if day}


def _is_there(forms: Forms, query: DueQuery) -> bool:
    return all(
        name in forms.registers
        and set(fields) <= {one.name for one in forms.registers[name].fields}
        for name, fields in query.needs.items()
    )
