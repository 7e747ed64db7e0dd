"""Sổ CTXH: opens the window, or runs a command where one is named."""

import multiprocessing
import sys

COMMANDS = ("demo", "check", "export", "put", "list", "backup", "restore", "verify", "forms")
ASKED = ("-h", "--help", "--version")


def main(arguments: list[str]) -> int:
    """Exit code of the window or of the command (0 done, 1 problems found, 2 could not)."""
    multiprocessing.freeze_support()
    if any(word in COMMANDS or word in ASKED for word in arguments):
        from desktop import cli

        code = cli.main(arguments)
        shown = cli.office_to_show(arguments) if code == 0 else None
        if shown is None:
            return code
        arguments = ["--data", str(shown)]
    from desktop import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
