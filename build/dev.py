"""One door for developers and CI: `python3 build/dev.py COMMAND`, standard library only."""

from __future__ import annotations

import argparse
import io
import sys

import machine
import steps

COMMANDS = {
    "setup": "make .venv with the locked dependencies, and install what the system lacks",
    "demo": "set up, then do the main job on a sample office (further arguments are passed on)",
    "test": "everything CI runs: the static checks, then every test",
    "lint": "the static checks only",
    "bench": "measure the program against its floors (--json FILE)",
    "torture": "kill, starve and damage a working day as often as docs/reliability.md promises",
    "shots": "remake the pictures of every page in docs/screens",
    "lock": "choose dependency versions anew and write requirements.lock",
    "translations": "take new texts into the Vietnamese catalogue and compile it",
}


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is 0, or that of the step that failed."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        epilog="\n".join(f"{name:<14}{text}" for name, text in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the command")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A Windows console of an old code page cannot show what pip may quote.
        sys.stdout.reconfigure(errors="replace")
    try:
        return run(options.command, options.rest)
    except machine.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def run(command: str, rest: list[str]) -> int:
    """Set the machine up as far as the command needs it, then do the command."""
    machine.set_up(for_tests=command in ("test", "torture"))
    if command == "setup":
        return 0
    if command == "test":
        return steps.run_all([*steps.static_steps(), *steps.test_steps()])
    if command == "lint":
        return steps.run_all(steps.static_steps())
    if command == "demo":
        out = [] if any(word.split("=")[0] == "--out" for word in rest) else ["--out", "out/demo"]
        return steps.run_python("main.py", "demo", *out, *rest)
    if command == "torture":
        return steps.run_all(steps.torture_steps(rest))
    if command == "lock":
        return steps.run_all([steps.lock_step(rest)])
    if command == "translations":
        return steps.run_python("build/translations.py", "update", *rest)
    return steps.run_python(f"build/{command}.py", *rest, offscreen=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
