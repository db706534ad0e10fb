"""`lakemesh completion bash`: the script that a shell sources."""

import click
from click.shell_completion import get_completion_class

from lakemesh.cli.options import Word


@click.command("completion", cls=Word)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes words in a shell.

    For bash: eval "$(lakemesh completion bash)"
    """
    from lakemesh.cli.app import lakemesh

    completer = get_completion_class(shell)
    if completer is None:
        raise click.UsageError(f"{shell} cannot be completed.")
    click.echo(completer(lakemesh, {}, "lakemesh", "_LAKEMESH_COMPLETE").source())
