"""concurrent.futures.ProcessPoolExecutor: the floor, without a network, a scheduler or files."""

from concurrent.futures import ProcessPoolExecutor

import contest


class Pool(contest.Contender):
    def __init__(self):
        self._pool = ProcessPoolExecutor(4)
        self.submit = self._pool.submit

    def close(self):
        self._pool.shutdown(cancel_futures=True)


if __name__ == "__main__":
    contest.contend(Pool())
