"""The same use cases without a window, a command for each.

Exit codes: 0 done, 1 problems were found in the records, 2 the command could not be carried out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import translate
from desktop.base.errors import DefinitionError, UserError, translate_os_error
from desktop.base.paths import Paths
from desktop.base.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desktop.schema.definition import Register
    from desktop.service.problems import RecordProblem
    from desktop.service.restoring import Contents
    from desktop.service.workspace import Workspace

DONE, FOUND, FAILED = 0, 1, 2
_LISTED = "so-ctxh list"
PASSWORD_VARIABLE = "SO_CTXH_PASSWORD"  # noqa: S105  (a variable's name)


def main(arguments: Sequence[str]) -> int:
    """Run one command; `arguments` without the program's name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    translate.install("vi", Paths.from_arguments().translations)
    options = _parser().parse_args(list(arguments))
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except DefinitionError as error:
        _print_definition_problems(error, options)
        return FAILED
    except UserError as error:
        _fail(error, options)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    from desktop import __version__

    parser = argparse.ArgumentParser(prog="so-ctxh", description=tr("Social-work register"))
    parser.add_argument("--version", action="version", version=f"Sổ CTXH {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, help=tr("folder of the office's data"))
    common.add_argument("--json", action="store_true", help=tr("answer in JSON, for machines"))
    common.add_argument("--person", help=tr("who signs in (the first person if left out)"))
    common.add_argument(
        "--password-file", type=Path, help=tr("file whose first line is the password")
    )
    commands = parser.add_subparsers(dest="command", required=True)

    demo = commands.add_parser("demo", parents=[common], help=tr("make and use a sample office"))
    demo.add_argument("--out", type=Path, default=Path("out/demo"))
    demo.add_argument("--clients", type=int, default=0, help=tr("invented clients to add"))
    demo.add_argument("--no-window", action="store_true", help=tr("do not open the office"))
    demo.set_defaults(run=_demo)

    check = commands.add_parser("check", parents=[common], help=tr("check every record"))
    check.add_argument("--period", help=tr("as on the closing date of a period: 2026H1"))
    check.set_defaults(run=_check)

    export = commands.add_parser("export", parents=[common], help=tr("write the period's workbook"))
    export.add_argument("--period", required=True, help="2026H1")
    export.add_argument("--out", type=Path, required=True)
    export.set_defaults(run=_export)

    put = commands.add_parser("put", parents=[common], help=tr("add or change records from JSON"))
    put.add_argument("register", help=tr("name of the register, as client"))
    put.add_argument("file", type=Path, help=tr("JSON file: one record, an array, or lines"))
    put.add_argument("--reason", default="", help=tr("reason for every warning"))
    put.add_argument("--good-only", action="store_true", help=tr("write the good records"))
    put.set_defaults(run=_put)

    listing = commands.add_parser("list", parents=[common], help=tr("list a register"))
    listing.add_argument("register", help=tr("name of the register, as client"))
    listing.add_argument("--find", default="", help=tr("words to find, without accents"))
    listing.add_argument("--deleted", action="store_true")
    listing.set_defaults(run=_list)

    backup = commands.add_parser("backup", parents=[common], help=tr("make a backup and prove it"))
    backup.add_argument("--out", type=Path, help=tr("folder for a second copy"))
    backup.set_defaults(run=_backup)

    restore = commands.add_parser(
        "restore", parents=[common], help=tr("put a backup in the place of the office's data")
    )
    restore.add_argument("file", type=Path)
    restore.add_argument("--show", action="store_true", help=tr("only say what is inside"))
    restore.set_defaults(run=_restore)

    words = tr("read the journal again: is it as it was written?")
    commands.add_parser("verify", parents=[common], help=words).set_defaults(run=_verify)
    forms = commands.add_parser("forms", help=tr("work on the definitions"))
    lint = forms.add_subparsers(dest="act", required=True).add_parser("lint", parents=[common])
    lint.add_argument("--forms", type=Path, help=tr("folder of definitions"))
    lint.set_defaults(run=_forms_lint)
    return parser


def _password(options: argparse.Namespace) -> str:
    if options.password_file:
        try:
            lines = options.password_file.read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise translate_os_error(error, options.password_file) from error
        return lines[0] if lines else ""
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        raise UserError(
            tr("No password was given: use --password-file or the variable {name}.").format(
                name=PASSWORD_VARIABLE
            )
        )
    return password


def _with_workspace(
    options: argparse.Namespace, act: Callable[[Workspace, argparse.Namespace], int]
) -> int:
    from desktop.service.office import open_office

    workspace = open_office(
        Paths.from_arguments(options.data), person=options.person, password=_password(options)
    )
    try:
        return act(workspace, options)
    finally:
        workspace.close()


def _check(options: argparse.Namespace) -> int:
    return _with_workspace(options, _check_office)


def _check_office(workspace: Workspace, options: argparse.Namespace) -> int:
    from desktop.service.checking import check_all
    from desktop.service.closing import check_period

    if options.period:
        checked = check_period(workspace, workspace.reporting.period(options.period))
    else:
        checked = check_all(workspace)
    rows = [problem_row(p, record.title) for record in checked.records for p in record.problems]
    lines = [_problem_line(row, workspace.registers) for row in rows]
    lines.append(
        tr("{errors} errors, {warnings} warnings without a reason, {reasons} with one.").format(
            errors=checked.errors, warnings=checked.open_warnings, reasons=checked.reasons
        )
    )
    _print({"problems": rows}, "\n".join(lines), options)
    return FOUND if checked.errors or checked.open_warnings else DONE


def problem_row(problem: RecordProblem, title: str = "") -> dict[str, Any]:
    """A problem as --json gives it."""
    return {
        "rule": problem.number,
        "level": str(problem.level),
        "register": problem.register,
        "id": problem.record_id,
        "title": title,
        "fields": list(problem.fields),
        "text": problem.message,
        "reason": problem.reason,
    }


def _problem_line(row: dict[str, Any], registers: Mapping[str, Register]) -> str:
    kind = tr("Error") if row["level"] == "error" else tr("Warning")
    register = registers.get(row["register"])
    where = f"{register.title if register else ''} {row['title']}".strip()
    reason = " " + tr("(reason: {reason})").format(reason=row["reason"]) if row["reason"] else ""
    return f"{kind} {row['rule']} · {where}: {row['text']}{reason}"


def _export(options: argparse.Namespace) -> int:
    return _with_workspace(options, _export_period)


def _export_period(workspace: Workspace, options: argparse.Namespace) -> int:
    from desktop.service.exporting import export

    done = export(workspace, options.period, options.out)
    rows = [problem_row(problem) for problem in done.problems]
    lines = [_problem_line(row, workspace.registers) for row in rows]
    data = {
        "path": str(done.path),
        "revision": done.revision,
        "cells": done.cells,
        "problems": rows,
    }
    text = tr("Written and read back, {cells} cells the same: {path}").format(
        cells=done.cells, path=done.path
    )
    _print(data, "\n".join([*lines, text]), options)
    return FOUND if rows else DONE


def _put(options: argparse.Namespace) -> int:
    return _with_workspace(options, _put_file)


def _put_file(workspace: Workspace, options: argparse.Namespace) -> int:
    from desktop.service.json_items import read_items
    from desktop.service.putting import put_records

    items = read_items(options.file)
    done = put_records(
        workspace, options.register, items, reason=options.reason, good_only=options.good_only
    )
    rows = [{"item": index} | problem_row(problem) for index, problem in done.problems]
    lines = [
        tr("Record {number}:").format(number=row["item"] + 1)
        + " "
        + _problem_line(row, workspace.registers)
        for row in rows
    ]
    told = tr("Record {number}: {label}: {what}")
    dropped = tr("not asked here, so it was left out")
    notes = [*done.cleaned, *((index, label, dropped) for index, label in done.set_aside)]
    lines += [told.format(number=n + 1, label=label, what=what) for n, label, what in notes]
    lines.append(
        tr("{added} added, {changed} changed, {refused} refused.").format(
            added=done.added, changed=done.changed, refused=done.refused
        )
    )
    data = {
        "added": done.added,
        "changed": done.changed,
        "refused": done.refused,
        "problems": rows,
        "notes": [{"item": n, "field": label, "text": what} for n, label, what in notes],
    }
    _print(data, "\n".join(lines), options)
    return FOUND if done.refused else DONE


def _list(options: argparse.Namespace) -> int:
    return _with_workspace(options, _list_register)


def _list_register(workspace: Workspace, options: argparse.Namespace) -> int:
    from desktop.service.access import Act
    from desktop.service.rights import Action, Kind
    from desktop.service.workspace import refuse_unknown

    refuse_unknown(workspace.registers, options.register)
    workspace.rights.require(Action.LIST_OUT, options.register)
    rows = workspace.rows(options.register)
    rows.show_deleted(options.deleted)
    rows.find(options.find)
    texts = rows.texts(0, rows.count)
    if workspace.rights.kind(options.register) is Kind.PERSONAL:
        workspace.access.note(Act.EXPORT, options.register, count=rows.count, what=_LISTED)
    data = [
        {"id": id} | {column.key: text for column, text in zip(rows.columns, line, strict=True)}
        for id, line in zip(rows.ids, texts, strict=True)
    ]
    heads = "\t".join(column.title for column in rows.columns)
    _print(data, "\n".join([heads, *("\t".join(line) for line in texts)]), options)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    return _with_workspace(options, _verify_journal)


def _verify_journal(workspace: Workspace, options: argparse.Namespace) -> int:
    from desktop.service.verifying import verify

    done = verify(workspace)
    lines = [one.text for one in done.damages]
    lines.append(
        tr("{changes} changes, {rows} rows and {looks} looks were read; {faults} are not right.")
        .format(changes=done.changes, rows=done.rows, looks=done.looks, faults=len(done.damages))
    )  # fmt: skip
    if not done.since:
        lines.append(tr("The end of the journal is not kept outside of it yet."))
    data = {
        "changes": done.changes,
        "rows": done.rows,
        "looks": done.looks,
        "since": done.since,
        "damages": [vars(one) for one in done.damages],
    }
    _print(data, "\n".join(lines), options)
    return FOUND if done.damages else DONE


def _backup(options: argparse.Namespace) -> int:
    return _with_workspace(options, _back_up)


def _back_up(workspace: Workspace, options: argparse.Namespace) -> int:
    from desktop.service.backup_file import BackupKind
    from desktop.service.backups import copy_proved
    from desktop.service.rights import Action

    workspace.rights.require(Action.BACKUP)
    done = workspace.backups.make(BackupKind.BY_HAND)
    paths = [done.backup.path] + ([done.second] if done.second else [])
    if options.out:
        copy = options.out / done.backup.path.name
        copy_proved(done.backup.path, copy)
        paths.append(copy)
    lines = [tr("Backed up, opened again and counted: {path}").format(path=path) for path in paths]
    if done.second_problem:
        lines.append(done.second_problem)
    data = {"paths": [str(path) for path in paths], "problem": done.second_problem}
    _print(data, "\n".join(lines), options)
    return FOUND if done.second_problem else DONE


def _restore(options: argparse.Namespace) -> int:
    from desktop.base.clock import SystemClock
    from desktop.service.office import definitions_of
    from desktop.service.restoring import Who, look_into, restore

    paths = Paths.from_arguments(options.data)
    inside = look_into(options.file, paths.data)
    if options.show:
        counts = {name: count for name, count in inside.manifest.counts.items() if count}
        data = {"office": inside.manifest.office, "at": inside.manifest.at, "counts": counts}
        lines = [inside.manifest.office, inside.manifest.at]
        lines += [f"{name}\t{count}" for name, count in sorted(counts.items())]
        _print(data, "\n".join(lines), options)
        return DONE
    who = Who(_person_in(inside, options.person), _password(options))
    done = restore(paths, options.file, definitions_of(paths), SystemClock(), who)
    said = tr("Restored: the data of {moment}.").format(moment=done.manifest.at)
    if done.replaced:
        said += " " + tr("What was there before is kept in “{folder}”.").format(
            folder=done.replaced
        )
    said_to_machines = {
        "replaced": str(done.replaced or ""), "keys_replaced": done.keys_replaced,
    }  # fmt: skip
    _print(said_to_machines, said, options)
    return DONE


def _person_in(inside: Contents, asked: str | None) -> str:
    """Id of the person named; today's people have the ids of then."""
    for one in inside.people:
        if asked is None or asked in (one.id, one.name):
            return one.id
    return asked or ""


def _forms_lint(options: argparse.Namespace) -> int:
    from desktop.service.definitions import lint

    folder = options.forms or Paths.from_arguments().forms
    problems = lint(folder)
    if problems:
        raise DefinitionError(problems)
    _print({"problems": []}, tr("The definitions in “{folder}” are in order.").format(
        folder=folder), options)  # fmt: skip
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from desktop.service.demo import run_demo

    done = run_demo(
        Paths.from_arguments(), options.out, clients=options.clients, say=_sayer(options)
    )
    _print(done.as_data(), done.as_text(), options)
    return DONE


def office_to_show(arguments: Sequence[str]) -> Path | None:
    """The office a finished demo ends with opening: none without a display, or for a machine."""
    if "demo" not in arguments or "-h" in arguments or "--help" in arguments:
        return None
    options = _parser().parse_args(list(arguments))
    if options.command != "demo" or options.no_window or options.json or not _has_display():
        return None
    from desktop.service.demo import first_office

    return first_office(options.out)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _sayer(options: argparse.Namespace) -> Callable[[str], None]:
    """Where the demo tells its steps: nowhere when a machine is listening."""
    return (lambda text: None) if options.json else print


def _print(data: Any, text: str, options: argparse.Namespace) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1) if options.json else text)


def _fail(error: UserError, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps({"error": str(error)}, ensure_ascii=False))
    else:
        print(error, file=sys.stderr)


def _print_definition_problems(error: DefinitionError, options: argparse.Namespace) -> None:
    rows = [{"place": p.place, "code": p.code, "text": p.text} for p in error.problems]
    _print({"problems": rows}, str(error), options)
