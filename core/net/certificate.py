"""The certificate that a service shows, got without believing it and without asking anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import ChatError
from core.models import Limits, Trust
from core.net.connection_errors import bad_address
from core.net.handshakes import Watch
from core.net.session import StreamSession
from core.net.trust import fingerprint_of
from core.net.x509 import read_certificate

_DEFAULT_LIMITS = Limits(connect=10.0, silence=10.0)
_NO_TRUST_SET = Trust()


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself; only its fingerprint is beyond doubt."""

    subject: str
    """Whom it names; may be empty."""
    issuer: str
    """Who signed it; equal to `subject` where it did so itself."""
    names: tuple[str, ...]
    """The hosts and addresses that it holds for."""
    not_before: datetime | None
    """UTC; None where it cannot be read."""
    not_after: datetime | None
    fingerprint: str
    """As in `core.models.Trust`."""

    @classmethod
    def from_der(cls, der: bytes) -> Certificate:
        """Read a certificate; of what cannot be read, only the fingerprint is there."""
        return cls(*read_certificate(der), fingerprint=fingerprint_of(der))

    @property
    def is_self_signed(self) -> bool:
        """Whether it names itself as the one who signed it."""
        return self.subject == self.issuer


async def fetch_certificate(
    address: str,
    *,
    proxy: str | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    trust: Trust = _NO_TRUST_SET,
) -> Certificate:
    """Return the certificate of the service at `address`, whoever signed it.

    Nothing is sent but what TLS begins with: no path, no key, no cookie. `trust` is for a proxy
    that speaks TLS itself.

    Raises:
        ConnectionFailedError: the service was not reached, or does not speak TLS.
    """
    if not address.lower().startswith("https://"):
        raise bad_address(address)
    watch = Watch(only_looks=True)
    async with StreamSession(proxy=proxy, limits=limits, trust=trust, watch=watch) as session:
        try:
            async with session.get(address):
                pass
        except ChatError:
            if not watch.certificate:
                raise
    return Certificate.from_der(watch.certificate)
