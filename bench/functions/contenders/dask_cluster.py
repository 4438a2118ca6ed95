"""dask.distributed: a scheduler, and four processes of one thread."""

import contest
from distributed import Client, LocalCluster


class Dask(contest.Contender):
    links = True

    def __init__(self):
        self._cluster = LocalCluster(n_workers=4, threads_per_worker=1, dashboard_address=None)
        self._client = Client(self._cluster)

    def submit(self, function, *args):
        return self._client.submit(function, *args, pure=False)

    def gather(self, function, items):
        return self._client.gather(self._client.map(function, list(items), pure=False))

    def results(self, linked):
        return self._client.gather(linked)

    def close(self):
        self._client.close()
        self._cluster.close()


if __name__ == "__main__":
    contest.contend(Dask())
