"""Certificates that only this test run trusts."""

from __future__ import annotations

import ssl

import trustme


class PrivateAuthority:
    """A certificate authority, the server it vouches for, and a client that trusts it."""

    def __init__(self) -> None:
        self._authority = trustme.CA()

    @property
    def pem(self) -> bytes:
        """The authority's certificate."""
        return self._authority.cert_pem.bytes()

    def server(self, *names: str) -> ssl.SSLContext:
        """Return the context of a server that is called `names`, by default 127.0.0.1."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*(names or ("127.0.0.1", "localhost"))).configure_cert(context)
        return context

    def client(self) -> ssl.SSLContext:
        """Return the context of a client that trusts this authority alone."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._authority.configure_trust(context)
        return context
