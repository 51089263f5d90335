"""The environment in which a command of its own finds the graph of a test."""

from __future__ import annotations

from kb.store import Settings


def variables(settings: Settings) -> dict[str, str | None]:
    """What the command reads of where the graph is; None for what must not be set."""
    return {"KB_DATA_DIR": str(settings.data_dir), "KB_URI": settings.uri, "KB_USER": settings.user,
            "KB_PASSWORD": settings.password, "KB_DATABASE": settings.database}  # fmt: skip


def told(settings: Settings) -> dict[str, str]:
    """The same without what must not be set, for a process that gets no more than this."""
    return {name: value for name, value in variables(settings).items() if value is not None}
