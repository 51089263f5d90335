"""Commands by which other programs ask the knowledge base."""

from __future__ import annotations

import click

from kb.errors import MissingAsset


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


COMMANDS = (mcp,)
