"""What stands in a certificate, for a person to read; nothing is checked here.

Python decodes only certificates that it believes, and those it does not are the ones to be
shown. This reads the few fields that are shown (RFC 5280, DER as in X.690), and never more than
was given.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

_COMMON_NAME = bytes.fromhex("550403")
_ORGANISATION = bytes.fromhex("55040a")
_ORGANISATIONAL_UNIT = bytes.fromhex("55040b")
_ALTERNATIVE_NAMES = bytes.fromhex("551d11")

_VERSION, _EXTENSIONS = 0xA0, 0xA3
_DNS_NAME, _IP_ADDRESS = 0x82, 0x87
_UTC_TIME = 0x17
_ENCODINGS = {0x1E: "utf-16-be", 0x1C: "utf-32-be", 0x14: "latin-1"}
_MOST_NAMES = 100


class Element(NamedTuple):
    """A tag, and what it holds."""

    tag: int
    content: bytes


class CertificateFields(NamedTuple):
    """The fields of a certificate that a person is shown; empty or None where they are broken."""

    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    not_before: datetime | None = None
    not_after: datetime | None = None


def read_certificate(der: bytes) -> CertificateFields:
    """Return what stands in a certificate; empty fields where it is none."""
    try:
        (whole,) = elements(der)
        body = next(elements(whole.content))
        fields = list(elements(body.content))
        if fields[0].tag == _VERSION:
            del fields[0]
        _, _, issuer, validity, subject, *rest = fields
        begins, ends = (_time(element) for element in elements(validity.content))
        return CertificateFields(
            _person(subject.content),
            _person(issuer.content),
            tuple(_names(rest))[:_MOST_NAMES],
            begins,
            ends,
        )
    except (ValueError, IndexError, StopIteration):
        return CertificateFields()


def elements(der: bytes) -> Iterator[Element]:
    """Yield the elements that stand one after the other.

    Raises:
        ValueError: an element is longer than the bytes that there are.
    """
    position = 0
    while position < len(der):
        header = der[position : position + 2]
        if len(header) < 2:
            raise ValueError("an element without a length")
        tag, length = header
        position += 2
        if length >= 0x80:
            size = length - 0x80
            if not 0 < size <= 4:
                raise ValueError("an element of a length that none has")
            length = int.from_bytes(der[position : position + size], "big")
            position += size
        if position + length > len(der):
            raise ValueError("an element that is cut")
        yield Element(tag, der[position : position + length])
        position += length


def _person(name: bytes) -> str:
    """Return whom a name means: what it is called, and the organisation where that says more."""
    parts: dict[bytes, str] = {}
    for group in elements(name):
        for pair in elements(group.content):
            kind, value = elements(pair.content)
            encoding = _ENCODINGS.get(value.tag, "utf-8")
            parts.setdefault(kind.content, value.content.decode(encoding, "replace").strip())
    called = parts.get(_COMMON_NAME) or parts.get(_ORGANISATIONAL_UNIT, "")
    organisation = parts.get(_ORGANISATION, "")
    return ", ".join(dict.fromkeys(part for part in (called, organisation) if part))


def _time(element: Element) -> datetime:
    text = element.content.decode("ascii")
    if element.tag == _UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _names(fields: list[Element]) -> Iterator[str]:
    """Yield for which hosts a certificate holds."""
    for field in fields:
        if field.tag != _EXTENSIONS:
            continue
        (extensions,) = elements(field.content)
        for extension in elements(extensions.content):
            kind, *_, value = elements(extension.content)
            if kind.content == _ALTERNATIVE_NAMES:
                (names,) = elements(value.content)
                yield from filter(None, map(_host, elements(names.content)))


def _host(name: Element) -> str:
    if name.tag == _DNS_NAME:
        return name.content.decode("ascii", "replace")
    if name.tag == _IP_ADDRESS:
        return str(ipaddress.ip_address(name.content))
    return ""
