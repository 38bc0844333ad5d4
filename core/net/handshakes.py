"""TLS handshakes that somebody of ours looks at before anything else is sent."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from typing import Any, Self, cast

Check = Callable[[bytes], None]
"""Is given the certificate of a server, in DER, and raises `ssl.SSLError` to go no further."""


class Watch:
    """What was seen of the handshakes with a service; never of those with a proxy.

    The times are those of `time.monotonic`, of the latest handshake; None before it.
    """

    def __init__(self, *, only_looks: bool = False) -> None:
        """`only_looks`: believe any certificate, and send nothing after it has been seen."""
        self.only_looks = only_looks
        self.began_at: float | None = None
        self.ended_at: float | None = None
        self.certificate = b""
        """In DER, as the service has shown it."""
        self.version = ""
        """Such as `TLSv1.3`."""

    def begin(self) -> None:
        """Note that a handshake starts."""
        self.began_at, self.ended_at = time.monotonic(), None

    def end(self, connection: ssl.SSLObject) -> None:
        """Note what was agreed."""
        self.ended_at = time.monotonic()
        self.certificate = connection.getpeercert(binary_form=True) or b""
        self.version = connection.version() or ""


class WatchedContext(ssl.SSLContext):
    """A context that asyncio can use, whose handshakes a `Watch` follows.

    The connections themselves are made by `believing`, which says whom to trust; without it, only
    `check` does. Those to `proxy_host` are made by `proxy_context` instead, and nobody watches
    them.
    """

    def __new__(cls, *_: object, **__: object) -> Self:
        """Make the object of OpenSSL, which connects nothing itself."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(
        self,
        watch: Watch,
        *,
        check: Check | None = None,
        believing: ssl.SSLContext | None = None,
        proxy_host: str = "",
        proxy_context: ssl.SSLContext | None = None,
    ) -> None:
        self._watch = watch
        self._check = check
        self._believing = believing or _believing_all()
        self._proxy_host = proxy_host
        self._proxy_context = proxy_context

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,  # noqa: FBT001, FBT002 - as in the base class
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """Return a connection, watched unless it goes to the proxy."""
        is_proxy = self._proxy_context is not None and server_hostname == self._proxy_host
        context = self._proxy_context if is_proxy and self._proxy_context else self._believing
        connection = context.wrap_bio(incoming, outgoing, server_side, server_hostname, session)
        if is_proxy:
            return connection
        self._watch.begin()
        return cast("ssl.SSLObject", _WatchedConnection(connection, self._watch, self._check))


class _WatchedConnection:
    """An `ssl.SSLObject`, but for the end of its handshake."""

    def __init__(self, connection: ssl.SSLObject, watch: Watch, check: Check | None) -> None:
        self._connection = connection
        self._watch = watch
        self._check = check

    def do_handshake(self) -> None:
        """Go on with the handshake; asyncio calls this until it raises nothing."""
        self._connection.do_handshake()
        self._watch.end(self._connection)
        if self._check is not None:
            self._check(self._watch.certificate)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _believing_all() -> ssl.SSLContext:
    """Return a context for where our own check is what a certificate has to pass."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context
