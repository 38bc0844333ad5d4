"""Text to measure with: the same for every run, and like what answers hold."""

from __future__ import annotations

import random
from collections.abc import Callable

_ENGLISH_TEXT = (
    "the model streams tokens into a buffer which the view drains once per frame so that layout "
    "cost stays bounded even when the reply grows very long and contains code tables and lists"
)
_RUSSIAN_TEXT = (
    "модель передаёт ответ по частям и окно собирает их в буфер чтобы не пересчитывать вёрстку на "
    "каждый токен длинные ответы содержат код таблицы и вложенные списки"
)
_ENGLISH = _ENGLISH_TEXT.split()
_RUSSIAN = _RUSSIAN_TEXT.split()
_CODE = '''def solve_{n}(items: list[int], limit: int = {n}) -> dict[str, float]:
    """Return totals for *items* (пример {n})."""
    result = {{}}
    for index, value in enumerate(items):
        if value % 2 == 0 and index < limit:  # keep even
            result[f"key-{{index}}"] = value * 1.5 + {n}
        else:
            result.setdefault("other", 0)
    return result
'''
_FORMULAS = (
    r"e^{i\pi} + 1 = 0",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\sum_{k=1}^{n} k^2 = \frac{n(n+1)(2n+1)}{6}",
    r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\hat{f}(\xi) = \int f(x) e^{-2\pi i x \xi}\,dx",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
)
_KINDS = ["p"] * 8 + ["h"] * 2 + ["ul"] * 3 + ["ol"] * 2 + ["code"] * 3 + ["table", "quote"]


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same text in every run


def sentence(chance: random.Random, words: int) -> str:
    """Return some words in English or Russian, a few of them in another format."""
    source = _RUSSIAN if chance.random() < 0.4 else _ENGLISH
    result = []
    for number in range(words):
        word = chance.choice(source)
        kind = chance.random()
        if kind < 0.04:
            word = f"**{word}**"
        elif kind < 0.07:
            word = f"`{word}`"
        elif kind < 0.085:
            word = f"[{word}](https://example.org/{number})"
        elif kind < 0.10:
            word = f"*{word}*"
        result.append(word)
    return " ".join(result).capitalize() + "."


def _block(chance: random.Random, kind: str) -> str:
    if kind == "h":
        return "#" * chance.randint(2, 4) + " " + sentence(chance, 4)
    if kind == "ul":
        lines = []
        for _ in range(chance.randint(4, 12)):
            lines.append("- " + sentence(chance, chance.randint(5, 16)))
            if chance.random() < 0.25:
                lines += ["  - " + sentence(chance, 6) for _ in range(chance.randint(1, 3))]
        return "\n".join(lines)
    if kind == "ol":
        count = chance.randint(4, 10)
        return "\n".join(f"{n + 1}. {sentence(chance, 10)}" for n in range(count))
    if kind == "code":
        parts = [_CODE.format(n=chance.randint(1, 99)) for _ in range(chance.randint(1, 5))]
        return "```python\n" + "\n".join(parts) + "```"
    if kind == "table":
        rows = [
            f"| {chance.choice(_ENGLISH)} | {chance.random() * 100:.2f} | {sentence(chance, 4)} |"
            for _ in range(chance.randint(3, 9))
        ]
        return "| Name | Значение | Note |\n|---|---:|:--|\n" + "\n".join(rows)
    count = 1 if kind == "quote" else chance.randint(2, 5)
    words = " ".join(sentence(chance, chance.randint(8, 22)) for _ in range(count))
    return f"> {words}" if kind == "quote" else words


def mixed(characters: int, *, seed: int = 1) -> str:
    """Return mixed Markdown of a length."""
    chance = _chance(seed)
    result: list[str] = []
    size = 0
    while size < characters:
        block = _block(chance, chance.choice(_KINDS))
        result.append(block)
        size += len(block) + 2
    return "\n\n".join(result)[:characters]


def with_formulas(characters: int, *, seed: int = 11) -> str:
    """Return mixed Markdown of a length, every third block of which holds mathematics."""
    chance = _chance(seed)
    result: list[str] = []
    size = 0
    while size < characters:
        block = _block(chance, chance.choice(_KINDS))
        if len(result) % 3 == 1:
            tex = chance.choice(_FORMULAS)
            number = chance.randint(2, 99)  # no two alike: each has to be drawn
            own = f"{tex} + x_{{{number}}}^{{{len(result)}}}"
            words = sentence(chance, 8)
            block = f"$$\n{own}\n$$" if chance.random() < 0.4 else f"{words} ${own}$ {words}"
        result.append(block)
        size += len(block) + 2
    return "\n\n".join(result)[:characters]


def adversarial(kind: str, characters: int) -> str:
    """Return one giant block of a kind."""
    chance = _chance(3)
    if kind == "fence":
        line = "    result[f'key-{index}'] = value * 1.5 + 3  # comment\n"
        return "```python\n" + line * (characters // len(line))
    if kind == "one line":
        return "a" * characters
    lines: dict[str, Callable[[], str]] = {
        "table": lambda: f"| {sentence(chance, 3)} | {chance.randint(0, 999)} | word |",
        "quote": lambda: f"> {sentence(chance, 12)}\n>",
        "html": lambda: f"<p>{sentence(chance, 8)}</p>",
        "paragraph": lambda: sentence(chance, 14),
        "list": lambda: f"- {sentence(chance, 10)}",
        "nested list": lambda: f"- {sentence(chance, 4)}\n  - {sentence(chance, 5)}\n    - deep",
    }
    make = lines[kind]
    result = ["| a | b | c |", "|---|---:|---|"] if kind == "table" else []
    if kind == "html":
        result = ["<div>"]
    size = 0
    while size < characters:
        line = make()
        result.append(line)
        size += len(line) + 1
    return (" " if kind == "paragraph" else "\n").join(result)[:characters]


def conversation(count: int) -> list[tuple[str, str]]:
    """Return messages of a long conversation: role and text."""
    chance = _chance(7)
    pool = [
        mixed(int(min(12_000, max(200, chance.lognormvariate(7.2, 0.8)))), seed=100 + n)
        for n in range(64)
    ]
    result = []
    for number in range(count):
        if number % 2:
            result.append(("assistant", f"Answer {number}. {chance.choice(pool)}"))
        else:
            result.append(("user", f"Question {number}: {sentence(chance, 20)}"))
    return result


def hostile(kind: str, characters: int) -> str:
    """Return an answer whose last block never ends, of the kinds that parsers fear."""
    if kind == "nested quotes":
        return (">" * 100 + " a\n") * (characters // 103)
    if kind == "one list item":
        return "- " + adversarial("paragraph", characters)
    pattern = {
        "open brackets": "[",
        "open emphasis": "*a ",
        "open code": "`a ``b ",
        "stars": "*",
        "tabs": "\t",
    }[kind]
    return "a " + pattern * (characters // len(pattern))
