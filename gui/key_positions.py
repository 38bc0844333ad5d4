"""Which keys are the same key: a combination belongs to the key, not to the layout of today."""

from __future__ import annotations

_CYRILLIC = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_LATIN = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`"

LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True))
"""What stands on the same key, by the Russian capital letter."""

UNSHIFTED = dict(zip('!@#$%^&*()_+{}|:"<>?~', "1234567890-=[]\\;',./`", strict=True))
"""What stands on the same key of an American keyboard without Shift."""
