"""The same use cases without a window: demo, check, export, put, list, forms lint.

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
from desktop.base.errors import DefinitionError, UserError
from desktop.base.paths import Paths
from desktop.base.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.service.workspace import Workspace

DONE, FOUND, FAILED = 0, 1, 2
PASSWORD_VARIABLE = "SO_CTXH_PASSWORD"  # noqa: S105  (a variable's name)


def main(arguments: Sequence[str]) -> int:
    """Run one command; `arguments` without the program's name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    translate.install("vi", Paths.from_arguments().translations)
    options = _parser().parse_args(list(arguments))
    try:
        return int(options.run(options))
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
    demo.add_argument("--no-window", action="store_true")
    demo.set_defaults(run=_demo)

    check = commands.add_parser("check", parents=[common], help=tr("check every record"))
    check.set_defaults(run=_check)

    export = commands.add_parser("export", parents=[common], help=tr("write the period's workbook"))
    export.add_argument("--period", required=True, help="2026H1")
    export.add_argument("--out", type=Path, required=True)
    export.set_defaults(run=_export)

    put = commands.add_parser("put", parents=[common], help=tr("add or change records from JSON"))
    put.add_argument("register")
    put.add_argument("file", type=Path)
    put.set_defaults(run=_put)

    listing = commands.add_parser("list", parents=[common], help=tr("list a register"))
    listing.add_argument("register")
    listing.add_argument("--find", default="", help=tr("words to find, without accents"))
    listing.add_argument("--deleted", action="store_true")
    listing.set_defaults(run=_list)

    forms = commands.add_parser("forms", help=tr("work on the definitions"))
    lint = forms.add_subparsers(dest="act", required=True).add_parser("lint", parents=[common])
    lint.add_argument("--forms", type=Path, help=tr("folder of definitions"))
    lint.set_defaults(run=_forms_lint)
    return parser


def _password(options: argparse.Namespace) -> str:
    if options.password_file:
        lines = options.password_file.read_text(encoding="utf-8").splitlines()
        return lines[0] if lines else ""
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        raise UserError(
            tr("No password was given: use --password-file or the variable {name}.").format(
                name=PASSWORD_VARIABLE
            )
        )
    return password


def _with_workspace(options: argparse.Namespace, act: Callable[[Workspace], int]) -> int:
    from desktop.service.office import open_office

    workspace = open_office(
        Paths.from_arguments(options.data), person=options.person, password=_password(options)
    )
    try:
        return act(workspace)
    finally:
        workspace.close()


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
