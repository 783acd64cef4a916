"""`askwell completion`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb


@verb("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(frame: Frame, shell: str) -> None:  # noqa: ARG001
    """Print what lets SHELL complete Askwell's commands. For bash: eval "$(askwell completion bash)"."""
    from click.shell_completion import get_completion_class

    from askwell.doors.cli import main

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(main, {}, "askwell", "_ASKWELL_COMPLETE").source())
