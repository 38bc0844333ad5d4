"""Whose certificates are believed: the operating system's, a private authority's, or just one."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import re
import ssl
import sys
from pathlib import Path

from core.errors import ConnectionFailedError, Fault
from core.models import Trust
from core.net.connection_errors import OtherCertificateError
from core.net.handshakes import Check, Watch, WatchedContext

_LARGEST_CA_FILE = 16 * 1024 * 1024
_CONTEXTS_KEPT = 8
_NO_CERTIFICATE = "there is no certificate in it"


async def system_trust() -> ssl.SSLContext:
    """Return the context of this process, made off the loop when first asked for.

    On Linux, `SSL_CERT_FILE` and `SSL_CERT_DIR` replace the system's certificates. A certificate
    that is added to the system later is seen after a restart.
    """
    if _context.cache_info().currsize:
        return _context()
    return await asyncio.to_thread(_context)


async def trust_in(
    trust: Trust, *, proxy_host: str = "", watch: Watch | None = None
) -> ssl.SSLContext:
    """Return the context that believes whom `trust` names; `watch` is told of its handshakes.

    A fingerprint leaves no other certificate, whoever signed it, for whatever name and time; it
    is compared before anything of a request is sent. A proxy that speaks TLS itself, at
    `proxy_host`, is believed as if there were no fingerprint.

    Raises:
        ConnectionFailedError: the file with the certificates cannot be read (CA_FILE).
    """
    if trust.ca_file:
        context = await asyncio.to_thread(_context_with_file, trust.ca_file)
    else:
        context = await system_trust()
    check: Check | None = None
    if watch is not None and watch.only_looks:
        check = _stop
    elif trust.fingerprint:
        check = functools.partial(_check_fingerprint, normalised(trust.fingerprint))
    elif watch is None:
        return context
    return WatchedContext(
        watch or Watch(),
        check=check,
        believing=None if check else context,
        proxy_host=proxy_host,
        proxy_context=context,
    )


def fingerprint_of(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in DER: 64 hexadecimal digits in lower case."""
    return hashlib.sha256(certificate).hexdigest()


def normalised(fingerprint: str) -> str:
    """Return a fingerprint as programs show it, with colons or in capitals, as we keep it."""
    return re.sub(r"[\s:]", "", fingerprint).lower()


class _SeenError(ssl.SSLError):
    """The certificate has been seen, and that is all that was wanted."""


def _stop(_: bytes) -> None:
    raise _SeenError


def _check_fingerprint(expected: str, shown: bytes) -> None:
    if fingerprint_of(shown) != expected:
        raise OtherCertificateError("another certificate than the one that is trusted")


@functools.cache
def _context() -> ssl.SSLContext:
    return _system_context()


def _context_with_file(ca_file: str) -> ssl.SSLContext:
    """Return the system's trust with the certificates of a file, in PEM or DER.

    Raises:
        ConnectionFailedError: they cannot be read (CA_FILE).
    """
    path = Path(ca_file).expanduser()
    try:
        # A device or a pipe would be waited for, perhaps for ever.
        if not path.is_file():
            raise _unreadable(ca_file, "there is no such file")
        status = path.stat()
        if status.st_size > _LARGEST_CA_FILE:
            raise _unreadable(ca_file, "the file is too large")
        if status.st_size == 0:
            raise _unreadable(ca_file, _NO_CERTIFICATE)
        return _loaded(str(path), status.st_mtime_ns, status.st_size)
    except ssl.SSLError as exc:
        raise _unreadable(ca_file, _NO_CERTIFICATE) from exc
    except (OSError, ValueError) as exc:
        words = (exc.strerror if isinstance(exc, OSError) else "") or "the path is not valid"
        raise _unreadable(ca_file, words) from exc


@functools.lru_cache(maxsize=_CONTEXTS_KEPT)
def _loaded(path: str, changed_at: int, size: int) -> ssl.SSLContext:
    """Return the context for a file; when that has changed, the arguments are others."""
    del changed_at, size
    content = Path(path).read_bytes()
    context = _system_context()
    if b"-----BEGIN" in content:
        # What a person notes between the certificates may be in any letters.
        context.load_verify_locations(cadata=content.decode("ascii", "ignore"))
    else:
        context.load_verify_locations(cadata=content)
    # The file may hold what an authority signed, the server's own certificate, without its root.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _system_context() -> ssl.SSLContext:
    import truststore  # noqa: PLC0415 - plain HTTP does without

    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.platform not in {"win32", "darwin"}:
        # truststore reads all certificates again for every connection, which stops the loop for
        # 50 ms. Here they are plain files that OpenSSL checks by itself: one connection that is
        # never made loads them, and leaves the ordinary context behind.
        loaded = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
        context = loaded.context
    context.set_alpn_protocols(["http/1.1"])
    return context


def _unreadable(ca_file: str, words: str) -> ConnectionFailedError:
    return ConnectionFailedError(words, fault=Fault.CA_FILE, retryable=False, file=ca_file)
