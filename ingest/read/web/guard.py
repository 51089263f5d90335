"""Connections that lead only to numeric addresses which were checked just before."""

from __future__ import annotations

import socket
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

from ingest.read.web.address import hosts_of


def pools(*, private: bool) -> PoolManager:
    """Pools of connections whose hosts are checked when a connection is made, whatever was looked up before.

    Arguments: private, whether addresses of this machine and of private networks may be asked.
    """
    plain = type("_Plain", (_Guarded, HTTPConnection), {"private": private})
    secure = type("_Secure", (_Guarded, HTTPSConnection), {"private": private})
    manager = PoolManager(num_pools=20, retries=False)
    manager.pool_classes_by_scheme = {
        "http": type("_PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("_SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }
    return manager


class _Guarded(HTTPConnection):
    """A connection that looks its host up itself, and connects to what it checked."""

    private = False

    def _new_conn(self) -> socket.socket:
        last: Exception | None = None
        for host in hosts_of(self.host, self.port, private=self.private):
            try:
                return _connect(self, host)
            except OSError as error:
                last = error
        raise NewConnectionError(self, f"{self.host} does not answer ({last})") from last


def _connect(connection: Any, host: str) -> socket.socket:
    return create_connection(
        (host, connection.port), connection.timeout, connection.source_address, connection.socket_options
    )
