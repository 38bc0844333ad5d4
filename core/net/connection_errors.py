"""Foreign errors of a connection, turned into ours at one boundary."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
from yarl import URL

from core.errors import (
    ConnectionFailedError,
    Fault,
    ProviderError,
    ResponseFormatError,
)
from core.models import Limits
from core.net.proxies import Proxy

FOREIGN_ERRORS = (aiohttp.ClientError, OSError)
"""What a connection raises; errors of TLS and timeouts are OSErrors."""

_NOT_WORTH_A_RETRY = {
    Fault.BAD_ADDRESS,
    Fault.REDIRECT,
    Fault.PROXY_PASSWORD,
    Fault.OTHER_CERTIFICATE,
}


class OtherCertificateError(ssl.SSLCertVerificationError):
    """A server has shown another certificate than the one that is trusted."""


class SocksProxyError(aiohttp.ClientConnectionError):
    """A SOCKS proxy was not reached, hung up, or refused."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes, through which proxy, and how long is waited."""

    url: URL
    proxy: Proxy | None
    limits: Limits

    @property
    def host(self) -> str:
        """The host as a person knows it, with its port unless it goes without saying."""
        return host_of(self.url)

    def error(self, fault: Fault, message: str = "", **data: str | float) -> ConnectionFailedError:
        """Return a failure of this route with the data that its sentence needs."""
        error = ConnectionFailedError(
            message, fault=fault, retryable=fault not in _NOT_WORTH_A_RETRY, host=self.host
        )
        if self.proxy is not None:
            error.data["proxy"] = str(self.proxy.url)
        error.data.update(data)
        return error

    def translate(self, error: BaseException) -> ProviderError:
        """Return what one of `FOREIGN_ERRORS` means to a person."""
        causes = list(_causes(error))
        for cause in causes:
            if translated := self._from_one(cause):
                return translated
        return self._from_system(error, causes)

    def _from_one(self, error: BaseException) -> ProviderError | None:
        """Return what an error means whose class alone tells it apart."""
        translated: ProviderError | None = None
        match error:
            case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
                translated = bad_address(self.url)
            case aiohttp.SocketTimeoutError():
                translated = self.error(Fault.SILENCE, seconds=_plain(self.limits.silence))
            case aiohttp.ConnectionTimeoutError():
                translated = self.error(Fault.CONNECT_TIMEOUT, seconds=_plain(self.limits.connect))
            case aiohttp.ClientHttpProxyError(status=407):
                translated = self.error(Fault.PROXY_PASSWORD)
            case aiohttp.ClientHttpProxyError():
                translated = self.error(Fault.PROXY, f"{error.status} {error.message}")
            case SocksProxyError() if "uthentication" in str(error):
                translated = self.error(Fault.PROXY_PASSWORD, str(error))
            case SocksProxyError():
                translated = self.error(Fault.PROXY, str(error))
            case aiohttp.ClientProxyConnectionError():
                translated = self.error(Fault.PROXY, error.strerror or "")
            case aiohttp.ClientConnectorDNSError() if self.proxy and not self.proxy.is_socks:
                translated = self.error(Fault.PROXY, "the proxy's name was not found")
            case aiohttp.ClientResponseError():
                # Not HTTP at all, or headers without end.
                translated = ResponseFormatError(error.message, host=self.host)
            case aiohttp.ClientPayloadError():
                translated = self.error(Fault.RESET, _first_line(error))
        return translated

    def _from_system(
        self, error: BaseException, causes: list[BaseException]
    ) -> ConnectionFailedError:
        """Return what an error of the operating system or of TLS means."""
        connecting = error if isinstance(error, aiohttp.ClientConnectorError) else None
        for cause in reversed(causes):  # the innermost has the words
            match cause:
                case OtherCertificateError():
                    return self.error(Fault.OTHER_CERTIFICATE)
                case ssl.SSLError():
                    # Behind a proxy that speaks TLS, the bad certificate may be the proxy's.
                    host = connecting.host if connecting else self.url.raw_host
                    host = self.host if host in {None, self.url.raw_host} else host
                    return self.error(Fault.TLS, _tls_words(cause), host=host or "")
                case socket.gaierror():
                    return self.error(Fault.DNS, cause.strerror or "")
                case TimeoutError() | OSError(errno=errno.ETIMEDOUT):
                    return self.error(Fault.CONNECT_TIMEOUT, seconds=_plain(self.limits.connect))
                case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
                    return self.error(Fault.RESET, cause.strerror or "")
        words = getattr(error, "strerror", None) or _first_line(error)
        return self.error(Fault.CONNECTION_REFUSED if connecting else Fault.RESET, words)


def host_of(url: URL) -> str:
    """Return the host of `url`, with its port unless it is the scheme's own."""
    host = url.host or str(url)
    if ":" in host:
        host = f"[{host}]"
    return host if url.port is None or url.is_default_port() else f"{host}:{url.port}"


def bad_address(address: URL | str) -> ConnectionFailedError:
    """Return the error for what is no web address; a password in it is left out."""
    shown = str(address.with_user(None) if isinstance(address, URL) and address.user else address)
    return ConnectionFailedError(
        fault=Fault.BAD_ADDRESS, retryable=False, address=shown, host=shown
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and what it came from, the outermost first.

    Only causes: a context may be an error that the caller was handling already.
    """
    current: BaseException | None = error
    while current is not None:
        yield current
        if isinstance(current, aiohttp.ClientConnectorError):
            current = current.os_error
        elif isinstance(current, TypeError):
            # asyncio before 3.11.8 stumbles when TLS inside TLS fails, and hides the failure.
            current = current.__context__
        else:
            current = current.__cause__


def _tls_words(error: ssl.SSLError) -> str:
    """Return why TLS failed, without OpenSSL's line numbers."""
    verify_message = getattr(error, "verify_message", None)
    if verify_message:
        return str(verify_message)
    # OpenSSL gives a reason; errors that Python itself raises have none.
    words: str = getattr(error, "reason", None) or error.strerror or ""
    return words.replace("_", " ").lower()


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]


def _plain(seconds: float) -> float:
    """Return whole seconds as an int: 15 reads better than 15.0."""
    return int(seconds) if seconds == int(seconds) else seconds
