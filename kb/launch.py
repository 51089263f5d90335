"""Start the app: `streamlit run` on app.py, from a checkout or from the installed package.

It serves this machine only, unless another host is named: then whoever comes must sign in.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from kb import access
from kb.errors import BadInput, MissingAsset
from kb.project import Provider, data_folder, find, shipped

HOST = "127.0.0.1"
_SECRET = "KB_OIDC_SECRET"  # noqa: S105 (the name of a variable)
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
    provider = _provider() if demanded else None
    if provider:
        options["secrets.files"] = str(_secrets(provider, data_folder()))
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "kb.views", "run", str(app_file()), *words]
    _check_bundles()
    _check_free(host, port)
    url = f"http://{'localhost' if is_loopback(host) else host}:{port}"
    # Streamlit prints addresses of its own; ours is the one that surely works.
    server = subprocess.Popen(command, env=_environment(demanded, provider), stdout=subprocess.DEVNULL)  # noqa: S603 (our own words)
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


def _provider() -> Provider | None:
    """Who vouches for people, if the project names somebody. Raises: BadInput; MissingAsset without the extra."""
    project = find()
    provider = project.provider if project else None
    if provider is None:
        return None
    if importlib.util.find_spec("authlib") is None:
        raise MissingAsset("Sign-in by a provider is not installed; pip install 'eventline[oidc]' brings it.")
    if not os.environ.get(_SECRET):
        raise BadInput(f"Give the secret that {provider.issuer} has for {provider.client} in {_SECRET}.")
    return provider


def _secrets(provider: Provider, folder: Path) -> Path:
    """Write what Streamlit reads of the provider where its owner alone can; the key of sessions is another each time.

    Raises: OSError.
    """
    told = {"redirect_uri": f"{provider.address}/oauth2callback", "cookie_secret": secrets.token_urlsafe(32),
            "client_id": provider.client, "client_secret": os.environ[_SECRET],
            "server_metadata_url": f"{provider.issuer}/.well-known/openid-configuration"}  # fmt: skip
    path = folder / "sign_in.toml"
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        # a string of JSON is one of TOML
        file.write("[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items()))
    return path


def _environment(sign_in: bool, provider: Provider | None = None) -> dict[str, str]:
    """A checkout need not be installed: the app must find the packages beside it."""
    paths = [str(_PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: value for name, value in os.environ.items() if name not in ("KB_SIGN_IN", "KB_PROVIDER", _SECRET)}
    asked = {"KB_SIGN_IN": "1"} if sign_in else {}
    known = {"KB_PROVIDER": urlsplit(provider.issuer).netloc} if provider else {}
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **asked, **known}


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
