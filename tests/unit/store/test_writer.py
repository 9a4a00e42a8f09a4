"""SQLite's writer lock: in the order of asking, however greedy one thread is."""

from __future__ import annotations

import threading

from engine.store.writer import WriterLock

PATIENCE = 60.0


def test_waiters_get_it_in_the_order_they_asked() -> None:
    lock, order = WriterLock(), []
    assert lock.acquire(0)
    threads = []
    for number in range(5):
        asked = len(lock._waiting)

        def take(number: int = number) -> None:
            assert lock.acquire(PATIENCE)
            order.append(number)
            lock.release()

        threads.append(threading.Thread(target=take))
        threads[-1].start()
        while len(lock._waiting) == asked:
            continue
    # The releasing thread asks again at once and comes last.
    lock.release()
    assert lock.acquire(PATIENCE)
    order.append(99)
    lock.release()
    for thread in threads:
        thread.join(PATIENCE)

    assert order == [0, 1, 2, 3, 4, 99]


def test_a_wait_ends_in_time_and_leaves_the_line() -> None:
    lock = WriterLock()
    assert lock.acquire(0)

    assert not lock.acquire(0.05)

    lock.release()
    assert lock.acquire(0)
    lock.release()
