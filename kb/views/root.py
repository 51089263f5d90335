"""Tells the browser where the app answers, so that it asks nowhere else.

Streamlit's page guesses: on `/network` it first asks for `/network/_stcore/health`, which is answered with 404 in the
console. Its own variable for hosts that know better is set instead; each page of ours lies one step below the root,
whatever a proxy puts before that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_HEAD = b"<head>"
_TOLD = b'<script>window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href }</script>'


class RootTold:
    """Puts the address into every page of HTML that the app sends; all else goes as it is."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI asks for it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        begun: list[Message] = []
        held = b""

        async def told(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_page(message):
                begun.append(message)
            elif message["type"] == "http.response.body" and begun:
                held += message.get("body", b"")
                if not message.get("more_body"):
                    page = held.replace(_HEAD, _HEAD + _TOLD, 1)
                    await send(_of_length(begun.pop(), len(page)))
                    await send({"type": "http.response.body", "body": page})
            else:
                await send(message)

        await self.app(scope, receive, told)


def _is_page(start: Message) -> bool:
    kind = next((value for name, value in start["headers"] if name.lower() == b"content-type"), b"")
    return start["status"] == 200 and bytes(kind).startswith(b"text/html")


def _of_length(start: Message, length: int) -> Message:
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    return {**start, "headers": [*headers, (b"content-length", str(length).encode())]}


def tell() -> None:
    """Have every server of this process do so. It must be called before Streamlit starts."""
    from starlette.middleware import Middleware  # noqa: PLC0415
    from streamlit.web.server.starlette import starlette_app  # noqa: PLC0415

    made = starlette_app.create_streamlit_middleware
    starlette_app.create_streamlit_middleware = lambda: [*made(), Middleware(RootTold)]
