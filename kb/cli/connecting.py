"""Commands by which other programs ask the knowledge base."""

from __future__ import annotations

import os
from contextlib import nullcontext

import click

from kb.errors import BadInput, MissingAsset


@click.command()
def mcp() -> None:
    """Let an assistant ask the graph, over the Model Context Protocol on standard input and output.

    It can search, list events and claims with their sentences, and ask in Cypher; it changes nothing. An assistant's
    program starts it by itself: give it the command `kb mcp`, and KB_DATA_DIR or --project where the graph is
    elsewhere. Needs: pip install 'eventline[mcp]'.
    """
    import kb  # noqa: PLC0415

    try:
        from kb.serve.assistants import server  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingAsset(f"kb mcp needs the package {error.name}: pip install 'eventline[mcp]'") from error
    with kb.open(read_only=True) as base:
        server(base).run()


@click.command()
@click.option("--port", default=8502, show_default=True, type=click.IntRange(1, 65535), help="Where it listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--write", is_flag=True, help="Also take articles and decisions, by the tokens of kb user.")
def api(port: int, host: str, write: bool) -> None:
    """Serve the graph over HTTP as JSON, for reading; /docs tries it, /openapi.json describes it.

    Where KB_API_TOKEN is set every question must bear it (Authorization: Bearer …), or a token of kb user; beyond
    loopback it has to be. With --write whoever bears the token of an editor (kb user token NAME) adds articles and
    decides, in that name; an admin withdraws articles too. Put a proxy with TLS before it beyond loopback. Needs:
    pip install 'eventline[api]'.
    """
    import kb  # noqa: PLC0415
    from kb.launch import is_loopback  # noqa: PLC0415

    token = os.environ.get("KB_API_TOKEN") or None
    if token is None and not is_loopback(host):
        raise BadInput(f"Whoever reaches {host} could read all of it; set KB_API_TOKEN to a long random word first.")
    try:
        import uvicorn  # noqa: PLC0415

        from kb.serve.http import application  # noqa: PLC0415
        from kb.serve.writing import writing  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingAsset(f"kb api needs the package {error.name}: pip install 'eventline[api]'") from error
    with kb.open(read_only=True) as base, kb.open() if write else nullcontext() as writer:
        app = application(base, token)
        if writer is not None:
            writing(app, writer)
        click.echo(f"http://{host}:{port}/docs", err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning")


COMMANDS = (api, mcp)
