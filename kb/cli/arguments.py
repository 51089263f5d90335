"""What a command takes that click does not know by itself."""

from __future__ import annotations

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
