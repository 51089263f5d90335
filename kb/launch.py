"""Start the app: `streamlit run` on app.py, from a checkout or from the installed package.

It serves this machine only, unless another host is named: then whoever comes must sign in.
"""

from __future__ import annotations

import ipaddress
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

from kb import access
from kb.errors import BadInput, MissingAsset
from kb.project import data_folder, shipped

HOST = "127.0.0.1"
_PACKAGE = Path(__file__).resolve().parent


def app_file() -> Path:
    """app.py: inside the installed package, else at the top of the checkout. Raises: MissingAsset."""
    return shipped("app.py")


def serve(port: int, *, host: str = HOST, sign_in: bool = False, open_browser: bool = False) -> int:
    """Run the app until it is stopped.

    Arguments: port and host, to listen on; sign_in, whether to ask for a password on loopback too, as behind a proxy;
    open_browser, whether to open a window once it answers.
    Returns: Streamlit's exit code. Raises: BadInput when the port is taken, the host is none of this machine, or
    nobody could sign in; MissingAsset.
    """
    demanded = sign_in or not is_loopback(host)
    if demanded and not access.users(data_folder()):
        raise BadInput("Nobody could sign in yet; kb user add NAME --role admin lets somebody, then start the app.")
    options = {
        "server.port": port,
        "server.address": host,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "kb.views", "run", str(app_file()), *words]
    _check_bundles()
    _check_free(host, port)
    url = f"http://{'localhost' if is_loopback(host) else host}:{port}"
    # Streamlit prints addresses of its own; ours is the one that surely works.
    server = subprocess.Popen(command, env=_environment(demanded), stdout=subprocess.DEVNULL)  # noqa: S603 (our own words)
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


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(f"{host} has no free port {port} here ({error.strerror or error}); choose another with "
                           "--port or --host.") from error  # fmt: skip


def _environment(sign_in: bool) -> dict[str, str]:
    """A checkout need not be installed: the app must find the packages beside it."""
    paths = [str(_PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: value for name, value in os.environ.items() if name != "KB_SIGN_IN"}
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **({"KB_SIGN_IN": "1"} if sign_in else {})}


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
