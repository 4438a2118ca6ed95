"""TaskVine: a manager process, and one worker of four cores. `ours.py direct|fork`"""

import os
import sys
import tempfile

import contest
import taskvine as vine
import workloads

SLOTS = 4


class Ours(contest.Contender):
    links = True

    def __init__(self, mode):
        self._manager = vine.Manager(run_info_path=tempfile.mkdtemp())
        self._factory = vine.Factory(manager=self._manager)
        self._factory.cores = SLOTS
        self._factory.memory = "4 GB"
        self._factory.disk = "8 GB"
        self._factory.start()
        self._executor = vine.FuturesExecutor(self._manager, exec_mode=mode, slots=SLOTS)
        self._library = self._executor.library
        self.submit = self._executor.submit

    def linked(self, function, *args):
        call = vine.FunctionCall(self._library, function, *args)
        call.keep_in_cluster(function is workloads.megabyte)
        return call

    def results(self, linked):
        for call in linked:
            self._manager.submit(call)
        for _ in range(len(linked)):
            self._manager.wait()
        return [call.output for call in linked]

    def do_install(self, function, imports):
        """The library that `effect` calls, and its first call."""
        library = self._manager.create_library_from_functions(
            "means", getattr(workloads, function), imports=imports, slots=SLOTS
        )
        library.set_cores(SLOTS)
        self._executor.shutdown()
        self._manager.install_library(library)
        self.do_effect(function, 1, fresh=False)

    def do_effect(self, function, count, fresh):
        """A function that imports much: as tasks with an interpreter of their own each, or as calls of a library."""
        if fresh:
            work = [vine.PythonTask(getattr(workloads, function), number) for number in range(count)]
            for task in work:
                task.set_cores(1)
        else:
            work = [vine.FunctionCall("means", function, number) for number in range(count)]
        for task in work:
            self._manager.submit(task)
        for _ in work:
            self._manager.wait()
        contest.check([task.output for task in work] == [n / 2 for n in range(count)], "a wrong mean")

    def close(self):
        self._executor.shutdown(cancel_futures=True)
        self._factory.stop()
        self._manager.close()


if __name__ == "__main__":
    os.environ["VINE_PYTHON"] = sys.executable
    contest.contend(Ours(sys.argv[1]))
