"""Keeps the code readable by counting: lines of files and functions, methods, empty names."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from tree import ROOT, python_files

MOST_FILE_LINES = 500
MOST_FUNCTION_LINES = 60
USUAL_FUNCTION_LINES = 30
USUAL_SHARE = 0.9
MOST_METHODS = 20
EMPTY_WORDS = {"util", "utils", "manager", "managers", "helper", "helpers", "misc", "common"}

# A straight list of facts may be long. It says so on the line of its `def`.
TABLE_MARK = "# table"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """One function as measured: its place, its length in lines, whether it is a table."""

    place: str
    lines: int
    is_table: bool


def main() -> int:
    """Print every breach of the budgets; 1 if there is one."""
    faults: list[str] = []
    functions: list[Function] = []
    for path in python_files("desktop", "build", "tests", "main.py"):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        faults += file_faults(name, text)
        tree = ast.parse(text, filename=name)
        faults += class_faults(name, tree)
        functions += measured(name, tree, text.splitlines())
    faults += function_faults(functions)
    for fault in faults:
        print(fault)
    usual = sum(function.lines <= USUAL_FUNCTION_LINES for function in functions)
    print(f"{len(functions)} functions, {usual} of them within {USUAL_FUNCTION_LINES} lines")
    return 1 if faults else 0


def file_faults(name: str, text: str) -> list[str]:
    """A file that is too long, or named for nothing in particular."""
    faults = []
    lines = text.count("\n")
    if lines > MOST_FILE_LINES:
        faults.append(f"{name}: {lines} lines, at most {MOST_FILE_LINES}")
    empty = EMPTY_WORDS & set(Path(name).stem.split("_"))
    if empty:
        faults.append(f"{name}: '{min(empty)}' says nothing about the module's job")
    return faults


def class_faults(name: str, tree: ast.Module) -> list[str]:
    """Classes with too many methods."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, FunctionNode) for part in node.body)
            if methods > MOST_METHODS:
                place = f"{name}:{node.lineno} {node.name}"
                faults.append(f"{place}: {methods} methods, at most {MOST_METHODS}")
    return faults


def measured(name: str, tree: ast.Module, lines: list[str]) -> list[Function]:
    """Every function of a file, from its `def` to its last line."""
    functions = []
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            heading = lines[node.lineno - 1 : node.body[0].lineno]
            is_table = any(TABLE_MARK in line for line in heading)
            functions.append(Function(f"{name}:{node.lineno} {node.name}", length, is_table))
    return functions


def function_faults(functions: list[Function]) -> list[str]:
    """Functions that are too long, and too many that are rather long."""
    judged = [function for function in functions if not function.is_table]
    faults = [
        f"{function.place}: {function.lines} lines, at most {MOST_FUNCTION_LINES}"
        for function in judged
        if function.lines > MOST_FUNCTION_LINES
    ]
    usual = sum(function.lines <= USUAL_FUNCTION_LINES for function in judged)
    if judged and usual / len(judged) < USUAL_SHARE:
        faults.append(
            f"Only {usual / len(judged):.1%} of the functions are within {USUAL_FUNCTION_LINES} "
            f"lines, at least {USUAL_SHARE:.0%} must be"
        )
        longest = sorted(judged, key=lambda function: -function.lines)[:10]
        faults += [f"  {function.lines:3} lines  {function.place}" for function in longest]
    return faults


if __name__ == "__main__":
    sys.exit(main())
