"""What commands take that click does not know by itself, and the one way to answer as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

import click

from kb.errors import BadInput

if TYPE_CHECKING:
    from kb.edtf import Edtf


class EdtfDate(click.ParamType["Edtf"]):
    """A date on the command line: EDTF, or words with a year, "10 April 2022"."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Edtf:
        """Raises: click.BadParameter with a sentence that says what can be read."""
        from ingest.reading.asked_dates import written_date  # noqa: PLC0415

        try:
            return written_date(str(value))
        except BadInput as error:
            self.fail(str(error), param, ctx)


class Id(click.ParamType[str]):
    """An id on the command line, or as much of its beginning as tells it from others; what is none stays as it is."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raises: BadInput when several ids begin so; StoreError."""
        from kb.meant import begun, meant  # noqa: PLC0415
        from kb.store import open_store  # noqa: PLC0415

        if begun(str(value)) is None:
            return str(value)
        with open_store(role="reader") as store:
            return meant(store, str(value))


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def print_json(answer: Any, *, line: bool = False) -> None:
    """Print an answer as JSON: an object for one thing, a list for several; keys as fields in Python, dates as EDTF.

    Arguments: answer, of dataclasses, mappings, sequences and what is text; line, whether it is one of several answers,
    each on a line of its own.
    """
    click.echo(json.dumps(answer, ensure_ascii=False, indent=None if line else 2, default=_plain))


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
