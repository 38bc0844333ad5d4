"""TLS with the certificates that the operating system trusts."""

from __future__ import annotations

import asyncio
import functools
import ssl
import sys


async def system_trust() -> ssl.SSLContext:
    """Return the context of this process, made off the loop when first asked for.

    On Linux, `SSL_CERT_FILE` and `SSL_CERT_DIR` replace the system's certificates. A certificate
    that is added to the system later is seen after a restart.
    """
    if _context.cache_info().currsize:
        return _context()
    return await asyncio.to_thread(_context)


@functools.cache
def _context() -> ssl.SSLContext:
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
