"""Measure the program against its floors, both in one run, and say which bars hold.

A floor is what the same job costs bare: a window without anything in it, a commit without checks.
Numbers are ratios to it or milliseconds, so that they mean the same on a fast machine and a slow
one; medians throughout, 95th percentiles where the name says so.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import bench_backups
import bench_drafts
import bench_export
import bench_journal
import bench_keys
import bench_lists
import bench_palette
import bench_records
import bench_window
from bench_offices import Offices


@dataclass(frozen=True)
class Row:
    """One thing measured."""

    name: str
    bar: float
    """The most it may come to."""
    measure: Callable[[Offices], float]
    what: str


@dataclass(frozen=True)
class Outcome:
    """What a row came to."""

    name: str
    value: float
    bar: float
    holds: bool


ROWS = (
    Row("start_signin", 2.0, bench_window.start_signin, "start to sign-in page / empty window"),
    Row("start_list", 2.0, bench_window.start_list, "password to list / argon2id + empty window"),
    Row("search_p95_ms", 16, bench_window.search, "key to list updated, 100,000 clients"),
    Row("palette_p95_ms", 16, bench_palette.palette, "Ctrl+K, key to answers, 100,000 records"),
    Row("rules_p95_ms", 16, bench_window.rules, "field left to problems shown, client page"),
    Row("key_p95_ms", 16, bench_keys.key, "key to painted field, 60-field page, all live rules"),
    Row("keys_per_field", 1.2, bench_keys.keys_per_field, "keys besides values / filled fields"),
    Row("open_record_ms", 50, bench_keys.open_record, "click to 200 child rows painted"),
    Row("draft_wait_ms", 2, bench_drafts.wait, "field left to draft handed over"),
    Row("switch_register_ms", 50, bench_lists.switch, "click to list painted, 100,000 rows each"),
    Row("save_ratio", 6, bench_records.save, "saving one client / bare durable commit"),
    Row("journal_share", 0.25, bench_journal.share, "journal and rights / the whole of a save"),
    Row("verify_ratio", 2, bench_journal.verify, "verify 1,000,000 rows / read and SHA-256 them"),
    Row("export_ratio", 1.5, bench_export.export, "six-month workbook / joins + bare XlsxWriter"),
    Row("put_ratio", 3, bench_records.put_time, "100,000 records / json.loads + bare inserts"),
    Row("put_memory_mb", 200, bench_records.put_memory, "memory growth during it"),
    Row("backup_ratio", 4, bench_backups.ratio, "proved backup, 100,000 clients / SQLite's own"),
    Row("backup_frame_ms", 50, bench_backups.frame, "longest window freeze meanwhile"),
)


def main(arguments: Sequence[str]) -> int:
    """Measure; 0 if every bar holds, else 1."""
    options = _options(arguments)
    rows = [row for row in ROWS if not options.only or row.name in options.only]
    with tempfile.TemporaryDirectory(prefix="so-ctxh-bench-") as made:
        offices = Offices(options.offices or Path(made))
        outcomes = [_outcome(row, offices) for row in rows]
    if options.json:
        text = json.dumps([asdict(one) for one in outcomes], indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0 if all(one.holds for one in outcomes) else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    names = [row.name for row in ROWS]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", default=[])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the outcomes there")
    parser.add_argument(
        "--offices", type=Path, metavar="FOLDER", help="keep the offices measured for the next run"
    )
    return parser.parse_args(list(arguments))


def _outcome(row: Row, offices: Offices) -> Outcome:
    value = round(row.measure(offices), 3)
    outcome = Outcome(row.name, value, row.bar, value <= row.bar)
    verdict = "holds" if outcome.holds else "MISSES"
    print(f"{row.name:<14}{value:>10.2f} {row.bar:>8g}  {verdict:<7}{row.what}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
