"""The `guardkit` command. It needs the extra `cli`; without it, the command says so in one sentence."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Entry point. Exit codes: 0 allow, 1 flag or redact, 2 block, 3 error."""
    try:
        from guardkit.cli.commands import cli
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if package not in ("click", "rich"):
            raise
        sys.stderr.write(f'The guardkit command needs {package}: pip install "guardkit[cli]"\n')
        sys.exit(3)
    cli()
