"""What all contenders do alike: read requests, one JSON object a line, do them, and answer with the seconds that they took."""

import json
import sys
import time

import workloads

MIXED = {"long": 8, "long_seconds": 0.3, "short": 400, "short_seconds": 0.002}


class Contender:
    """Submits calls to four processes. `submit` gives a future; where results can be arguments, `linked` gives a handle."""

    #: Can a call take the result of another one without the client seeing it?
    links = False

    def submit(self, function, *args):
        raise NotImplementedError

    def gather(self, function, items):
        """All results of one function, as fast as it can be done."""
        return [future.result() for future in [self.submit(function, item) for item in items]]

    def linked(self, function, *args):
        """A call whose arguments may be others of these."""
        return self.submit(function, *args)

    def results(self, linked):
        return [future.result() for future in linked]

    def close(self):
        """Ends everything that it has started."""

    # Requests.

    def do_calls(self, count):
        results = self.gather(workloads.increment, range(count))
        check(sum(results) == count * (count + 1) // 2, "a wrong sum")

    def do_latency(self, count):
        """Microseconds of each call, one at a time."""
        spent = []
        for number in range(count):
            begun = time.perf_counter()
            self.submit(workloads.increment, number).result()
            spent.append((time.perf_counter() - begun) * 1e6)
        return spent

    def do_chains(self, count, steps):
        """Each step needs the one before it; all of them are known beforehand where that can be said."""
        if self.links:
            ends = [self._chain(steps) for _ in range(count)]
            results = self.results(ends)
        else:
            results = [0] * count
            for _ in range(steps):
                futures = [self.submit(workloads.increment, number) for number in results]
                results = [future.result() for future in futures]
        check(results == [steps] * count, "a wrong end of a chain")

    def do_loop(self, steps):
        """One chain, whose next step is submitted when the one before it has ended."""
        number = 0
        for _ in range(steps):
            number = self.submit(workloads.increment, number).result()
        check(number == steps, "a wrong end of a loop")

    def do_values(self, count):
        """Values of a megabyte, and the sum of their lengths."""
        if self.links:
            lengths = [
                self.linked(workloads.length, self.linked(workloads.megabyte, number)) for number in range(count)
            ]
            results = self.results(lengths)
        else:
            values = self.gather(workloads.megabyte, range(count))
            results = self.gather(workloads.length, values)
        check(sum(results) == count * 1_000_000, "a wrong sum of lengths")

    def do_mixed(self):
        """A few long calls before many short ones."""
        futures = [self.submit(workloads.sleep, MIXED["long_seconds"]) for _ in range(MIXED["long"])]
        futures += [self.submit(workloads.sleep, MIXED["short_seconds"]) for _ in range(MIXED["short"])]
        for future in futures:
            future.result()

    def _chain(self, steps):
        end = 0
        for _ in range(steps):
            end = self.linked(workloads.increment, end)
        return end


def check(is_right, complaint):
    if not is_right:
        raise AssertionError(complaint)


def contend(contender):
    """Answers requests until there are no more."""
    try:
        say({"ready": True})
        for line in sys.stdin:
            request = json.loads(line)
            begun = time.perf_counter()
            told = getattr(contender, f"do_{request.pop('do')}")(**request)
            say({"seconds": time.perf_counter() - begun, "told": told})
    finally:
        contender.close()


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
