"""The address of a service as a person writes it, and the addresses that are asked."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from core.errors import ConnectionFailedError, Fault

_VERSION = re.compile(r"/v\d+[a-z0-9]*(?=/|\Z)", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"/(?:chat/completions|completions|messages|models|responses)\Z", re.IGNORECASE
)
_DEPLOYMENT = re.compile(r"(?P<root>.*/openai)/deployments/(?P<model>[^/]+)\Z", re.IGNORECASE)
_AZURE = (".azure.com", ".azure-api.net", ".azure.us", ".azure.cn")
_OLLAMA_PORT = 11434


@dataclass(frozen=True, slots=True)
class ApiAddress:
    """Where a service is."""

    base: str
    """Without a slash at the end, and without the query."""
    query: str = ""
    """Such as Azure's `api-version=2024-10-21`, to be sent with every request."""
    host: str = ""
    """As a person knows it: with the port where it does not go without saying."""

    def endpoint(self, path: str) -> str:
        """Return the whole address of `path`, such as `chat/completions`."""
        base = self.base
        if path == "models" and (found := _DEPLOYMENT.fullmatch(base)):
            base = found["root"]
        return f"{base}/{path}" + (f"?{self.query}" if self.query else "")

    def at_root(self, path: str) -> str:
        """Return the address of `path` beside the API, such as Ollama's `api/ps`."""
        return f"{_VERSION.split(self.base, maxsplit=1)[0]}/{path}"

    @property
    def is_azure(self) -> bool:
        """Whether the key goes into Azure's own header."""
        name = urlsplit(self.base).hostname or ""
        return name.endswith(_AZURE)

    @property
    def deployment(self) -> str:
        """The model that Azure's address names; empty where the request names it."""
        found = _DEPLOYMENT.fullmatch(self.base)
        return found["model"] if found else ""

    @property
    def is_local(self) -> bool:
        """Whether it is on this computer or in the same private network."""
        return _is_local(urlsplit(self.base).hostname or "")

    @property
    def may_be_ollama(self) -> bool:
        """Whether asking for Ollama's state does not go to a stranger."""
        return self.is_local or urlsplit(self.base).port == _OLLAMA_PORT


def read_address(text: str) -> ApiAddress:
    """Return what a person means by an address.

    `localhost:11434`, `https://api.openai.com`, `…/v1/` and `…/v1/chat/completions` all work. An
    address without a version in its path gets `/v1`, unless it names the endpoint itself.

    Raises:
        ConnectionFailedError: this is no web address, or it holds a password (BAD_ADDRESS).
    """
    parts = _split(text)
    path = re.sub("/{2,}", "/", parts.path).rstrip("/")
    without_endpoint = _ENDPOINT.sub("", path)
    if without_endpoint == path:
        is_known = _VERSION.search(path) or _DEPLOYMENT.search(path)
        path = path if is_known else f"{path}{_default_path(parts, path)}"
    else:
        path = without_endpoint
    return ApiAddress(f"{parts.scheme}://{parts.netloc}{path}", parts.query, _host(parts))


def _default_path(parts: SplitResult, path: str) -> str:
    is_azure = (parts.hostname or "").endswith(_AZURE)
    return "/openai/v1" if is_azure and not path else "/v1"


def _split(text: str) -> SplitResult:
    address = text.strip()
    try:
        parts = urlsplit(address if "://" in address else f"{_scheme_for(address)}://{address}")
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        # A password there would be shown with the address.
        is_web = is_web and parts.username is None and parts.password is None
        is_web = is_web and parts.port != 0 and not any(map(str.isspace, address))
    except ValueError:
        is_web = False
    if not is_web:
        shown = re.sub(r"//[^/?#]*@", "//", address)
        raise ConnectionFailedError(
            fault=Fault.BAD_ADDRESS, address=shown, host=shown, retryable=False
        )
    return parts._replace(fragment="")


def _scheme_for(address: str) -> str:
    """Return `http` for this computer and the private network: servers there have no TLS."""
    host = urlsplit(f"//{address}").hostname or ""
    return "http" if _is_local(host) else "https"


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".internal")):
        return True
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return "." not in host and ":" not in host and bool(host)
    return ip.is_loopback or ip.is_private or ip.is_link_local


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    shown = f"[{name}]" if ":" in name else name
    return shown if parts.port is None else f"{shown}:{parts.port}"
