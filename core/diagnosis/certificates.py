"""The step TLS: who signed, until when, and what to do where that is not believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.diagnosis.checks import Check, Finding, Outcome, Step
from core.diagnosis.target import LIMITS, Target
from core.errors import ChatError, Fault
from core.net.certificate import Certificate, fetch_certificate
from core.net.handshakes import Watch

_SOON = timedelta(days=7)
"""Most certificates that renew themselves do so weeks before."""
_MOST_NAMES = 4
_NOT_THIS_NAME = ("hostname mismatch", "ip address mismatch", "is not valid for")


def tls_check(target: Target, handshake: Watch, seconds: float) -> Check:
    """Return what a handshake that went well says."""
    if target.url.scheme != "https":
        found, outcome = Finding.NO_TLS, Outcome.WARNING
        if target.is_near:
            found, outcome = Finding.NO_TLS_HERE, Outcome.SKIPPED
        return Check(Step.TLS, outcome, finding=found, data=target.names)
    certificate = Certificate.from_der(handshake.certificate)
    found, outcome = Finding.SIGNED, Outcome.OK
    if target.profile.trust.fingerprint:
        found = Finding.TRUSTED_ALONE
    elif certificate.not_after and certificate.not_after - datetime.now(UTC) < _SOON:
        found, outcome = Finding.ENDS_SOON, Outcome.WARNING
    data = {**_data(target, certificate), "version": _shown_version(handshake.version)}
    return Check(Step.TLS, outcome, seconds, finding=found, data=data, certificate=certificate)


async def tls_trouble(target: Target, error: ChatError, seconds: float) -> Check:
    """Return what a handshake that failed means, by a look at the certificate."""
    certificate = None
    if error.fault in {Fault.TLS, Fault.OTHER_CERTIFICATE}:
        try:
            certificate = await fetch_certificate(
                str(target.url),
                proxy=target.access.proxy,
                limits=LIMITS,
                trust=target.profile.trust,
            )
        except ChatError:
            certificate = None  # it does not speak TLS, and the first error says so
    finding = _reason(error, certificate)
    return Check(
        Step.TLS,
        Outcome.FAILED,
        seconds,
        finding=finding,
        data={} if certificate is None else _data(target, certificate),
        error=None if finding else error,
        certificate=certificate,
    )


def _reason(error: ChatError, certificate: Certificate | None) -> Finding | None:
    """Return why a certificate is not believed; None where the error's own words are all."""
    if certificate is None or error.fault is not Fault.TLS:
        return None
    now = datetime.now(UTC)
    words = error.message.lower()
    if certificate.not_after and certificate.not_after < now:
        return Finding.HAS_ENDED
    if certificate.not_before and certificate.not_before > now:
        return Finding.NOT_YET_VALID
    if any(each in words for each in _NOT_THIS_NAME):
        return Finding.FOR_ANOTHER_NAME
    if certificate.is_self_signed:
        return Finding.SIGNED_BY_ITSELF
    return Finding.SIGNED_BY_UNKNOWN if "issuer" in words or "chain" in words else None


def _data(target: Target, certificate: Certificate) -> dict[str, str | float]:
    names = ", ".join(certificate.names[:_MOST_NAMES]) or certificate.subject
    return {
        **target.names,
        "issuer": f"“{certificate.issuer or '?'}”",
        "names": names or "?",
        "since": _day(certificate.not_before),
        "until": _day(certificate.not_after),
        "fingerprint": certificate.fingerprint,
    }


def _day(moment: datetime | None) -> str:
    return "?" if moment is None else moment.date().isoformat()


def _shown_version(version: str) -> str:
    """Return a version of TLS as people write it."""
    return version.replace("TLSv", "TLS ") or "TLS"
