"""A store as somebody has it after years: by default 100,000 conversations, 1,000,000 messages.

    python tests/helpers/store_workload.py FOLDER --conversations N --messages M

The texts are the same in every run: made-up words of Russian and English, as often as words are
(few of them make most of a text), three conversations of five in Russian.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import itertools
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from core.storage.opening import open_file  # noqa: E402 - the path comes first
from core.storage.store import FILE_NAME  # noqa: E402

LONGEST = 10_000
"""Messages of the longest conversation."""

_FIRST_DAY = 1_609_459_200_000
"""Milliseconds since 1970: the beginning of 2021."""
_SPAN = 5 * 365 * 86_400_000
_EPOCH_OF_IDS = 1_577_836_800_000
_IN_A_HURRY = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "foreign_keys = OFF",
    "cache_size = -200000",
)
_SENTENCES = 20_000
_VOCABULARY = 40_000

_RUSSIAN = (
    (
        "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой "
        "от со для о же ты как мочь если бы до только или уже себя когда ещё даже почему чтобы "
        "можно нужно ёлка всё её моё"
    ),
    "пере при рас под вы за на по об от про до без недо сверх меж",
    (
        "строй ход пис вод дел говор смотр бег лет уч зна дум раб сто лов крас град сад дом лес "
        "мор рек неб свет цвет звук слов числ ряд врем мест сил прав люб друг брат год день час "
        "путь игр книг стол окн дверь код файл сервер поток ключ текст язык модел ответ запрос "
        "ошиб настро прокс сет диск процесс памят таблиц функц метод данн строк систем програм "
        "интерфейс"
    ),
    (
        "ение ания ка ник ость ный ная ное ные ать ить ал ала или ует уют ую ого ому ыми ах ов "
        "ами ом у а и ы е ой ем ский ская ских ировать ированный ирует"
    ),
)
_ENGLISH = (
    (
        "the of and to in a is that for it as was with be by on not he his but at are this have "
        "from or had an they which one you were all her she there would their we him been has "
        "when who will no more if out so what up its about into than them can only how why"
    ),
    "re un over pre sub inter trans mis out under dis",
    (
        "form port struct write read play work run code stream buffer table string letter "
        "number window button screen server client cache key model answer question prompt token "
        "error config network proxy print disk process memory function method data line system "
        "program travel garden river light color sound word time place power right friend book "
        "paint music house"
    ),
    "s ed ing er ers able ment ness ly ion ions al ity ive less ful ish ism ist y",
)


@dataclass(frozen=True, slots=True)
class StoreWorkload:
    """A store that was made."""

    path: Path
    conversations: int
    messages: int
    longest_id: int
    """The conversation with the most messages."""


@functools.cache
def shared_store(conversations: int = 100_000, messages: int = 1_000_000) -> StoreWorkload:
    """Return a store that is made once in a process and removed at its end; do not change it."""
    folder = _kept.enter_context(tempfile.TemporaryDirectory(prefix="beseda-store-"))
    return make_store(Path(folder) / FILE_NAME, conversations=conversations, messages=messages)


_kept = contextlib.ExitStack()


def make_store(
    path: Path, *, conversations: int = 100_000, messages: int = 1_000_000, longest: int = LONGEST
) -> StoreWorkload:
    """Make a store in the file `path`, which must not be there yet."""
    connection = open_file(path)
    try:
        # Nothing is lost if this is interrupted: it is made again.
        for setting in _IN_A_HURRY:
            connection.execute(f"PRAGMA {setting}").fetchall()
        sizes = _sizes(conversations, messages, longest=longest)
        connection.execute("BEGIN")
        with _without_triggers(connection):
            ids = _fill(connection, sizes)
        _index(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
    finally:
        connection.close()
    return StoreWorkload(path, len(sizes), sum(sizes), ids[sizes.index(max(sizes))])


def words(*, russian: bool) -> list[str]:
    """Return the words of a language, the frequent ones first."""
    chance = _chance(1 + russian)
    common, prefixes, roots, endings = (
        part.split() for part in (_RUSSIAN if russian else _ENGLISH)
    )
    made = [
        prefix + root + ending for prefix in ["", *prefixes] for root in roots for ending in endings
    ]
    chance.shuffle(made)
    return common + made[:_VOCABULARY]


def _sizes(conversations: int, messages: int, *, longest: int) -> list[int]:
    """Return how many messages each conversation has; the longest is in the middle."""
    if messages < 2 * longest:
        longest = messages // 2
    chance = _chance(3)
    weights = [chance.expovariate(1) + 0.2 for _ in range(conversations - 1)]
    each = (messages - longest) / sum(weights) if weights else 0
    # The rounding goes on to the next one, so that the sum is right.
    ends = [round(weight * each) for weight in itertools.accumulate(weights)]
    sizes = [end - start for start, end in itertools.pairwise([0, *ends])]
    sizes.insert(conversations // 2, longest if weights else messages)
    return sizes


def _fill(connection: sqlite3.Connection, sizes: Sequence[int]) -> list[int]:
    """Write all conversations; their ids."""
    languages = [_sentences(russian=False), _sentences(russian=True)]
    chance = _chance(4)
    step = _SPAN // len(sizes)
    starts = [_FIRST_DAY + number * step + chance.randrange(step) for number in range(len(sizes))]
    ids = [_id(start, chance) for start in starts]
    titles: list[tuple[int, str, bool, bool, int | None, int, int]] = []

    def messages() -> Iterator[tuple[int, int, int, int | None, str, str, int, int]]:
        for number, (conversation_id, start, size) in enumerate(
            zip(ids, starts, sizes, strict=True)
        ):
            sentences = languages[number % 5 < 3]
            parent, time, title = None, start, ""
            for place in range(size):
                text = _text(sentences, chance, is_answer=place % 2 == 1)
                title = title or text[:50]
                message_id = _id(time, chance)
                role = "assistant" if place % 2 else "user"
                yield message_id, conversation_id, place + 1, parent, role, text, time, time
                parent, time = message_id, time + 20_000 + int(chance.random() * 60_000)
            titles.append(
                (conversation_id, title, number % 500 == 7, number % 40 == 3, parent, start, time)
            )

    connection.executemany(
        "INSERT INTO message (id, conversation_id, number, parent_id, role, text, created_at,"
        " ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        messages(),
    )
    connection.executemany(
        "INSERT INTO conversation (id, title, is_pinned, is_archived, leaf_id, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        titles,
    )
    return ids


def _index(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO message_entry (message_id, conversation_id)"
        " SELECT id, conversation_id FROM message ORDER BY id"
    )
    for table in ("message_search", "title_search"):
        # Merging less often is faster; afterwards as FTS5 does it by itself.
        _command(connection, table, "automerge", 16)
        _command(connection, table, "rebuild", None)
        _command(connection, table, "automerge", 4)


def _command(connection: sqlite3.Connection, table: str, name: str, value: int | None) -> None:
    connection.execute(
        f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)",  # noqa: S608 - our own names
        (name, value),
    )


@contextlib.contextmanager
def _without_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Write rows without their part of the index, which is faster made of all at once."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    statements = []
    for name, statement in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
        statements.append(statement)
    yield
    for statement in statements:
        connection.execute(statement)


def _sentences(*, russian: bool) -> list[str]:
    chance = _chance(5 + russian)
    vocabulary = words(russian=russian)
    weights = list(itertools.accumulate(1 / (number + 3) for number in range(len(vocabulary))))
    result = []
    for _ in range(_SENTENCES):
        chosen = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(4, 14))
        result.append(" ".join(chosen).capitalize() + chance.choice("..?!"))
    return result


def _text(sentences: Sequence[str], chance: random.Random, *, is_answer: bool) -> str:
    some = int(chance.random() * 6) + 1 if is_answer else 1
    chosen = [sentences[int(chance.random() * _SENTENCES)] for _ in range(some)]
    return (
        "\n\n".join((" ".join(chosen[:3]), " ".join(chosen[3:]))) if some > 3 else " ".join(chosen)
    )


def _id(time: int, chance: random.Random) -> int:
    """Return an id as `core.ids.new_id` makes them at this time."""
    return ((time - _EPOCH_OF_IDS) << 22) | chance.getrandbits(22)


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same store in every run


def main() -> None:
    """Make a store in the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Make a large store.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--conversations", type=int, default=100_000, metavar="N")
    parser.add_argument("--messages", type=int, default=1_000_000, metavar="M")
    options = parser.parse_args()
    made = make_store(
        options.folder / FILE_NAME, conversations=options.conversations, messages=options.messages
    )
    print(f"{made.messages:,} messages in {made.conversations:,} conversations: {made.path}")


if __name__ == "__main__":
    main()
