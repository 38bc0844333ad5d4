"""What the Markdown engine costs: a whole answer, and one frame at the end of hostile answers.

Run from the root: ``python tests/benchmarks/transcript_engine.py``. Prints a table and one line of
JSON. Figures are CPU times of this process; judge the ratios.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from markdown_it import MarkdownIt

from gui.transcript.engine import MarkdownStream, parse

ROUNDS = 5
FRAME = 128
"""Characters a frame at 2,000 deltas a second."""
SHORT, LONG = 2_000, 60_000
WORDS = [
    "the", "model", "streams", "tokens", "into", "a", "buffer", "which", "view", "drains", "модель",
    "передаёт", "ответ", "по", "частям", "и", "окно", "собирает", "их", "чтобы", "не", "считать",
]  # fmt: skip
CODE = """def solve(items: list[int], limit: int = 3) -> dict[str, float]:
    \"\"\"Return totals for *items* (пример).\"\"\"
    result = {}
    for idx, value in enumerate(items):
        result[f"key-{idx}"] = value * 1.5 if value % 2 == 0 else 0
    return result
"""


def sentence(source: random.Random, count: int) -> str:
    """Return some words, a few of them marked up."""
    words = []
    for number in range(count):
        word, chance = source.choice(WORDS), source.random()
        if chance < 0.04:
            word = f"**{word}**"
        elif chance < 0.07:
            word = f"`{word}`"
        elif chance < 0.085:
            word = f"[{word}](https://example.org/{number})"
        elif chance < 0.1:
            word = f"*{word}*"
        words.append(word)
    return " ".join(words).capitalize() + "."


def mixed(size: int, seed: int = 1) -> str:
    """Return an answer of paragraphs, headings, lists, code, tables and quotes."""
    source = random.Random(seed)  # noqa: S311 - a workload
    blocks: list[str] = []
    makers: list[Callable[[], str]] = [
        *[lambda: " ".join(sentence(source, source.randint(8, 22)) for _ in range(3))] * 8,
        *[lambda: "## " + sentence(source, 4)] * 2,
        *[lambda: "\n".join("- " + sentence(source, 10) for _ in range(8))] * 3,
        *[lambda: "\n".join(f"{n}. " + sentence(source, 10) for n in range(1, 7))] * 2,
        *[lambda: "```python\n" + CODE * source.randint(1, 5) + "```"] * 3,
        lambda: (
            "| Name | Значение |\n|---|---:|\n"
            + "\n".join(f"| {sentence(source, 3)} | {n} |" for n in range(6))
        ),
        lambda: "> " + sentence(source, 14),
    ]
    while sum(map(len, blocks)) < size:
        blocks.append(source.choice(makers)())
    return "\n\n".join(blocks)[:size]


def tails() -> dict[str, Callable[[int], str]]:
    """Return the answers whose last block never ends."""
    source = random.Random(3)  # noqa: S311 - a workload
    lines = [sentence(source, 9) for _ in range(200)]

    def repeat(pattern: str) -> Callable[[int], str]:
        def build(size: int) -> str:
            parts = [pattern.format(line) for line in lines]
            return "".join(parts * (size // sum(map(len, parts)) + 1))[:size]

        return build

    return {
        "table": lambda size: "| a | b |\n|---|---|\n" + repeat("| {} | 1 |\n")(size),
        "quote": repeat("> {}\n"),
        "html": lambda size: "<div>\n" + repeat("<p>{}</p>\n")(size),
        "paragraph": repeat("{} "),
        "list": repeat("- {}\n"),
        "nested list": repeat("- {0}\n  - {0}\n    - {0}\n"),
        "fence": lambda size: "```python\n" + repeat("x = '{}'\n")(size),
        "no spaces": lambda size: "x" * size,
        "open brackets": lambda size: "[" * size,
        "open emphasis": lambda size: "*a " * (size // 3),
        "open code": lambda size: "`a ``b " * (size // 7),
        "nested quotes": lambda size: (">" * 100 + " a\n") * (size // 103),
        "stars": lambda size: "a " + "*" * size,
        "one list item": lambda size: "- " + repeat("{} ")(size),
        "tabs": lambda size: "\t" * size,
    }


def frame_cost(text: str) -> float:
    """Return the mean CPU time of a frame, in ms, over the last 60 frames of `text`."""
    stream = MarkdownStream()
    tail = 60 * FRAME
    head = text[: max(0, len(text) - tail)]
    for start in range(0, len(head), FRAME):
        stream.feed(head[start : start + FRAME])
    costs = []
    for start in range(len(head), len(text), FRAME):
        begun = time.thread_time()
        stream.feed(text[start : start + FRAME])
        costs.append((time.thread_time() - begun) * 1000)
    return statistics.mean(costs)


def timed(action: Callable[[], object]) -> float:
    """Return the CPU time of an action in ms."""
    begun = time.thread_time()
    action()
    return (time.thread_time() - begun) * 1000


def whole(text: str) -> None:
    """Stream an answer in frames."""
    stream = MarkdownStream()
    for start in range(0, len(text), FRAME):
        stream.feed(text[start : start + FRAME])
    stream.finish()


def main() -> None:
    """Measure and print."""
    text = mixed(80_000)
    oracle = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    figures: dict[str, float] = {}
    rounds = [
        (timed(lambda: whole(text)), timed(lambda: parse(text)), timed(lambda: oracle.parse(text)))
        for _ in range(ROUNDS)
    ]
    for name, values in zip(
        ("streamed", "parsed", "markdown-it-py"), zip(*rounds, strict=True), strict=True
    ):
        figures[f"80k {name}, ms"] = statistics.median(values)
    for name, build in tails().items():
        short, long = build(SHORT), build(LONG)
        pairs = [(frame_cost(short), frame_cost(long)) for _ in range(ROUNDS)]
        few, many = (statistics.median(side) for side in zip(*pairs, strict=True))
        figures[f"{name}: frame at 60k, ms"] = many
        figures[f"{name}: 60k / 2k"] = many / few
    for name, value in figures.items():
        print(f"{name:40}{value:10.3f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
