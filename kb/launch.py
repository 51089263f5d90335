"""Start the app: `streamlit run` on app.py, from a checkout or from the installed package, for this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

from kb.errors import BadInput, MissingAsset
from kb.project import shipped

HOST = "127.0.0.1"
_PACKAGE = Path(__file__).resolve().parent


def app_file() -> Path:
    """app.py: inside the installed package, else at the top of the checkout. Raises: MissingAsset."""
    return shipped("app.py")


def serve(port: int, *, open_browser: bool = False) -> int:
    """Run the app until it is stopped.

    Arguments: port, to listen on (loopback only); open_browser, whether to open a window once it answers.
    Returns: Streamlit's exit code. Raises: BadInput when the port is taken; MissingAsset.
    """
    options = {
        "server.port": port,
        "server.address": HOST,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "streamlit", "run", str(app_file()), *words]
    _check_bundles()
    _check_free(port)
    url = f"http://localhost:{port}"
    # Streamlit prints addresses of its own; ours is the one that surely works.
    server = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL)  # noqa: S603 (our own words)
    threading.Thread(target=_announce, args=(server, url, open_browser), daemon=True).start()
    # Whoever stops us means the server too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def _check_bundles() -> None:
    if not (_PACKAGE / "components" / "static" / "timeline.js").exists():
        raise MissingAsset("The browser parts are not built yet; run `python frontend/build.py` first.")


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise BadInput(f"Port {port} is not free; choose another one with --port.") from error


def _environment() -> dict[str, str]:
    """A checkout need not be installed: the app must find the packages beside it."""
    paths = [str(_PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _announce(server: subprocess.Popen[bytes], url: str, open_browser: bool) -> None:
    while server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 (our own address)
                break
        except OSError:
            time.sleep(0.15)
    else:
        return
    print(f"The app is at {url} (stop it with Ctrl+C)", flush=True)
    if open_browser:
        webbrowser.open(url)
