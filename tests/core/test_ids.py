from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from core.ids import new_id


def test_ids_fit_the_file_and_sort_by_the_order_in_which_they_were_made() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert all(a < b for a, b in pairwise(ids))
    assert 0 < ids[0] < ids[-1] < 1 << 63


def test_no_two_are_alike_whichever_thread_asks() -> None:
    def some() -> list[int]:
        return [new_id() for _ in range(5_000)]

    with ThreadPoolExecutor(4) as threads:
        made = [one for ids in threads.map(lambda _: some(), range(4)) for one in ids]
    assert len(set(made)) == len(made)
