"""Commands that run something: the database server and the app."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.arguments import json_option, print_json
from kb.cli.running import ingest_with_progress, print_summary

if TYPE_CHECKING:
    from kb.access import Role
    from kb.store import ServerStatus


@click.group()
def store() -> None:
    """The graph database: the local server, or the one that KB_URI names."""


@store.command()
@json_option
def status(as_json: bool) -> None:
    """Say which server is used, whether it runs, and what it holds."""
    from kb.store import Settings  # noqa: PLC0415
    from kb.store import status as ask  # noqa: PLC0415

    _print_status(ask(Settings.from_env()), as_json)


@store.command()
@json_option
def start(as_json: bool) -> None:
    """Start the local server, if none runs on this data directory."""
    from kb.store import Settings  # noqa: PLC0415
    from kb.store import start as begin  # noqa: PLC0415

    _print_status(begin(Settings.from_env()), as_json)


@store.command()
@json_option
def stop(as_json: bool) -> None:
    """Stop the local server that runs on this data directory."""
    from kb.store import Settings  # noqa: PLC0415
    from kb.store import stop as end  # noqa: PLC0415

    _print_status(end(Settings.from_env()), as_json)


def _print_status(state: ServerStatus, as_json: bool) -> None:
    from dataclasses import asdict  # noqa: PLC0415

    if as_json:
        print_json(state)
        return
    for key, value in asdict(state).items():
        if value is not None:
            click.echo(f"{key.replace('_', ' ')}: {value}")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Make a folder a project: a story of its own, with its own graph.

    kb, run in the folder or below it, keeps its data there, and kb watch looks at the feeds that its eventline.toml
    lists. kb --project DIR works on it from elsewhere.
    """
    from kb.project import FILE, create  # noqa: PLC0415

    made = create(folder)
    if as_json:
        print_json(made)
        return
    click.echo(f"{made.folder} is a project now. Next: cd {folder}, then kb ingest ARTICLES, then kb app; "
               f"feeds to watch go into {FILE}.")  # fmt: skip


_port = click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="The app's port.")
_browser = click.option("--browser/--no-browser", default=False, show_default=True, help="Open a browser window.")


@click.command()
@_port
@_browser
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--sign-in", is_flag=True, help="Ask for sign-in on loopback too, as behind a proxy that others reach.")
def app(port: int, browser: bool, host: str, sign_in: bool) -> None:
    """Open the app: timeline, network, articles, claims, Cypher. It serves this machine only, unless --host says more.

    Beyond loopback whoever comes must sign in by name and password (kb user add). Put a proxy with TLS before it, as
    docs/security.md tells.
    """
    from kb.launch import serve  # noqa: PLC0415

    sys.exit(serve(port, host=host, sign_in=sign_in, open_browser=browser))


@click.group()
def user() -> None:
    """Who may sign in to the app from elsewhere: a reader looks, an editor decides and adds, an admin removes too.

    A token of theirs lets a program do the same over HTTP.
    """


@user.command("add")
@click.argument("name")
@click.option("--role", default="reader", show_default=True, type=click.Choice(("reader", "editor", "admin")))
@click.option("--oidc", is_flag=True, help="NAME is an address of mail; the provider in eventline.toml vouches for it.")
def add_user(name: str, role: Role, oidc: bool) -> None:
    """Let NAME sign in, with a password that is asked for, or read from standard input; a known NAME gets both anew."""
    from kb import access  # noqa: PLC0415
    from kb.project import data_folder  # noqa: PLC0415

    if oidc:
        access.add_mail(data_folder(), name, role)
        click.echo(f"{name} may sign in as {role}, by the provider.")
        return
    asked = sys.stdin.isatty()
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if asked else sys.stdin.readline()
    access.add(data_folder(), name, role, password.rstrip("\n"))
    click.echo(f"{name} may sign in as {role}.")


@user.command("list")
@json_option
def list_users(as_json: bool) -> None:
    """List who may sign in, and as what."""
    from kb import access  # noqa: PLC0415
    from kb.project import data_folder  # noqa: PLC0415

    known = sorted(access.users(data_folder()).values(), key=lambda each: each.name)
    if as_json:
        print_json([{"name": each.name, "role": each.role} for each in known])
        return
    for each in known:
        click.echo(f"{each.name}: {each.role}")


@user.command("token")
@click.argument("name")
@json_option
def make_token(name: str, as_json: bool) -> None:
    """Print a token by which a program writes over HTTP in the name of NAME; the one before is good no more.

    It is shown this once. kb api --write takes it.
    """
    from kb import access  # noqa: PLC0415
    from kb.project import data_folder  # noqa: PLC0415

    token = access.make_token(data_folder(), name)
    if as_json:
        print_json({"name": name, "token": token})
    else:
        click.echo(token)


@user.command("remove")
@click.argument("name")
def remove_user(name: str) -> None:
    """Let NAME sign in no more; what is open in that name ends."""
    from kb import access  # noqa: PLC0415
    from kb.project import data_folder  # noqa: PLC0415

    access.remove(data_folder(), name)
    click.echo(f"{name} may sign in no more.")


@click.command()
@_port
@_browser
def demo(port: int, browser: bool) -> None:
    """Read the demonstration articles into the local store and open the app."""
    from ingest.read import Given  # noqa: PLC0415
    from kb.launch import serve  # noqa: PLC0415
    from kb.project import seed_folder  # noqa: PLC0415

    print_summary(ingest_with_progress([str(seed_folder())], Given()))
    sys.exit(serve(port, open_browser=browser))


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands and options.

    \b
    bash: echo 'eval "$(kb completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(kb completion zsh)"' >> ~/.zshrc
    fish: kb completion fish > ~/.config/fish/completions/kb.fish
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(kind(ctx.find_root().command, {}, "kb", "_KB_COMPLETE").source())


COMMANDS = (store, app, user, demo, init, completion)
