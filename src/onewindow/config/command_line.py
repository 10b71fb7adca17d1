"""The ``onewindow`` command: each group lives in its own file under ``config/commands``."""

from __future__ import annotations

import importlib

import click

# name -> module holding a click command of that name. Loaded on use, so that `ids` and `law`
# start without Django and without a database.
COMMANDS = {
    "accounts": "onewindow.config.commands.accounts",
    "audit": "onewindow.config.commands.audit",
    "bench": "onewindow.config.commands.bench",
    "catalogue": "onewindow.config.commands.catalogue",
    "database": "onewindow.config.commands.database",
    "district": "onewindow.config.commands.district",
    "docs": "onewindow.config.commands.docs",
    "gateway": "onewindow.config.commands.gateway",
    "keys": "onewindow.config.commands.keys",
    "messages": "onewindow.config.commands.messages",
    "screens": "onewindow.config.commands.screens",
    "up": "onewindow.config.commands.up",
    "ids": "onewindow.config.commands.ids",
    "law": "onewindow.config.commands.law",
}


class LazyGroup(click.Group):
    """A click group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onewindow")
def main() -> None:
    """一窗 OneWindow: the software of a one-stop government service centre.

    Exit codes: 0 good, 1 something bad was found, 2 wrong usage.
    """


if __name__ == "__main__":
    main()
