"""What a command takes that click does not know by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kb.errors import InvalidDate

if TYPE_CHECKING:
    from kb.edtf import Edtf


class EdtfDate(click.ParamType["Edtf"]):
    """An EDTF date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Edtf:
        """Raises: click.BadParameter with the sentence of InvalidDate."""
        from kb.edtf import Edtf  # noqa: PLC0415

        try:
            return Edtf(str(value))
        except InvalidDate as error:
            self.fail(str(error), param, ctx)
