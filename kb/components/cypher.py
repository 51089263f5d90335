"""A Cypher editor with completion; Ctrl+Enter or its button runs the text."""

from __future__ import annotations

from collections.abc import Sequence

from kb.components.mount import fingerprint, mount

_HTML = """
<div class="kb-cypher"><div class="kb-editor"></div>
<div class="kb-foot"><button type="button" class="kb-run"></button>
<span><kbd>Ctrl</kbd> <kbd>Enter</kbd></span></div></div>
"""


def cypher(text: str, schema: Sequence[str] = (), *, key: str, label: str, button: str) -> str | None:
    """Show an editor that holds `text`.

    Arguments: text, replaces what is in the editor only when it changes; schema, labels, relationship types and
    properties to complete; label, read to those who cannot see; button, the words on the button.
    Returns: the text to run, in the one run that follows the button or Ctrl+Enter; else None.
    Raises: MissingAsset when the bundle was never built.
    """
    data = {"text": text, "schema": list(schema), "label": label, "button": button, "rev": fingerprint(text)}
    state = mount("cypher", _HTML, key=key, data=data, on_run_change=lambda: None)
    run = state.get("run")
    return str(run) if run is not None else None
