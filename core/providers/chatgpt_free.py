"""chatgptfree.ai, and any other site with the same plugin."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from core.errors import ConnectionFailedError, Fault
from core.providers.ai_power.site import AIPowerSite


class ChatgptFree(AIPowerSite):
    """The free chat at chatgptfree.ai.

    `_post_id` and `_nonce` are read from its page once, kept, and renewed when the site refuses
    them.
    """

    url = "https://chatgptfree.ai"

    @classmethod
    def at(cls, address: str) -> type[AIPowerSite]:
        """Return the provider for another site with the plugin AI Power, with state of its own.

        `address` is the page with the chat; `https://` is put before it where it has no scheme.
        The same address always gives the same class.

        Raises:
            ConnectionFailedError: this is no web address.
        """
        text = address.strip()
        url = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(url)
            is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
            # A password there would be shown with the address, and sent along as the referer.
            is_web = is_web and parts.username is None and parts.password is None
            is_web = is_web and parts.port != 0 and not any(map(str.isspace, url))
        except ValueError:
            is_web = False
        if not is_web:
            raise ConnectionFailedError(
                fault=Fault.BAD_ADDRESS, address=address, host=address, retryable=False
            )
        return _site_at(url.rstrip("/"))


@lru_cache(maxsize=64)
def _site_at(url: str) -> type[AIPowerSite]:
    return type("ChatgptFreeAt", (ChatgptFree,), {"url": url, "__module__": __name__})
