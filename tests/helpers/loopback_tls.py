"""Certificates that only this test run trusts."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime

import trustme


@dataclass(frozen=True, slots=True)
class LoopbackCertificate:
    """A server's certificate, and the context of the server that shows it."""

    server: ssl.SSLContext
    pem: bytes
    der: bytes


class PrivateAuthority:
    """A certificate authority, the server it vouches for, and a client that trusts it."""

    def __init__(self, *, name: str = "A private authority") -> None:
        self._authority = trustme.CA(organization_name=name)

    @property
    def pem(self) -> bytes:
        """The authority's certificate."""
        return self._authority.cert_pem.bytes()

    @property
    def der(self) -> bytes:
        """The authority's certificate, as Windows likes it."""
        return ssl.PEM_cert_to_DER_cert(self.pem.decode())

    def server(self, *names: str) -> ssl.SSLContext:
        """Return the context of a server that is called `names`, by default 127.0.0.1."""
        return self.certificate(*(names or ("127.0.0.1", "localhost"))).server

    def certificate(self, *names: str, until: datetime | None = None) -> LoopbackCertificate:
        """Return a certificate for `names`, which may have ended."""
        begins = None if until is None else datetime(2000, 1, 1, tzinfo=UTC)
        leaf = self._authority.issue_cert(
            *names, common_name=names[0], not_before=begins, not_after=until
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf.configure_cert(context)
        pem = leaf.cert_chain_pems[0].bytes()
        return LoopbackCertificate(context, pem, ssl.PEM_cert_to_DER_cert(pem.decode()))

    def client(self) -> ssl.SSLContext:
        """Return the context of a client that trusts this authority alone."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._authority.configure_trust(context)
        return context
