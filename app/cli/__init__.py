"""`storefront`: one file a command, whose imports wait until it is called, so that --help answers at once."""

import os
import sys

import typer

from app.cli import (
    aside,
    backup,
    check_config,
    copy_database,
    demo,
    doctor,
    export,
    import_file,
    migrate,
    reconcile,
    restore,
    run,
    words,
)
from app.cli.trouble import Commands

app = typer.Typer(
    name="storefront",
    cls=Commands,
    help="A shop that lives in a Telegram chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables, and those hold secrets
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("check-config")(check_config.check_config)
app.command("migrate")(migrate.migrate)
app.command("import")(import_file.import_file)
app.command("export")(export.export)
app.command("doctor")(doctor.doctor)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("copy-database")(copy_database.copy_database)
app.command("reconcile")(reconcile.reconcile)
app.command("aside")(aside.aside)
app.command("words")(words.words)


@app.callback()
def _commands() -> None:
    """A shop that lives in a Telegram chat."""


def main() -> None:
    """Run the command that the arguments name; files that it makes are for whoever runs it alone."""
    os.umask(0o077)  # databases, their logs, copies and exports hold names and addresses
    if not run.ran_alone(sys.argv[1:]):
        app()
