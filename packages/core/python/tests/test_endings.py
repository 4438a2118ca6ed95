"""However a program ends, it leaves neither managers nor workers behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import taskvine as vine

MARKER = "TEST_PROGRAM"

PROGRAM = """
import sys, time
import taskvine as vine

m = vine.Manager(run_info_path="runs")
factory = vine.Factory(manager=m)
factory.cores = 1
factory.start()
m.submit(vine.Task("sleep 600"))
m.submit(vine.FunctionCall(m.generic_library(), time.sleep, 600))
while m.desk.status.running == 0:
    m.wait(0.05)
print("ready", flush=True)
"""


class Program:
    """A program in a process of its own, and all that it starts."""

    def __init__(self, text: str, folder: Path) -> None:
        self.mark = f"{MARKER}={uuid.uuid4()}"
        name, value = self.mark.split("=")
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM + text],
            cwd=folder,
            env={**os.environ, name: value},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", self.process.communicate()[1]
        deadline = time.monotonic() + 60
        while len(self.processes()) <= 3 and self.process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def processes(self) -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and self.mark.encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
        return found

    def wait_gone(self) -> None:
        deadline = time.monotonic() + 60
        while self.processes():
            assert time.monotonic() < deadline, [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in self.processes()]
            time.sleep(0.02)

    def end(self) -> None:
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def start(folder: Path) -> Iterator[object]:
    if sys.platform != "linux":
        pytest.skip("needs Linux")
    programs: list[Program] = []

    def start_program(text: str) -> Program:
        programs.append(Program(text, folder))
        programs[-1].wait_ready()
        return programs[-1]

    yield start_program
    for program in programs:
        program.end()


def test_a_program_that_is_killed(start: object) -> None:
    program = start("time.sleep(600)")  # type: ignore[operator]
    program.process.kill()
    program.wait_gone()


def test_a_program_that_is_terminated(start: object) -> None:
    program = start("time.sleep(600)")  # type: ignore[operator]
    program.process.terminate()
    program.wait_gone()


@pytest.mark.parametrize(
    "waiting", ["m.wait()", "vine.FuturesExecutor(m).submit(time.sleep, 600).result()", "m.map(time.sleep, [600])"]
)
def test_a_program_that_is_interrupted_while_it_waits(start: object, waiting: str) -> None:
    program = start(waiting)  # type: ignore[operator]
    time.sleep(0.3)
    program.process.send_signal(signal.SIGINT)
    _, said = program.process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    program.wait_gone()


def test_a_program_that_is_interrupted_again_while_it_ends(start: object) -> None:
    program = start("with vine.Factory(manager=m, cores=1): m.wait()")  # type: ignore[operator]
    for _ in range(3):
        time.sleep(0.2)
        program.process.send_signal(signal.SIGINT)
    program.process.communicate(timeout=60)
    program.wait_gone()


def test_a_program_that_forgets_to_close(start: object) -> None:
    program = start("")  # type: ignore[operator]
    assert program.process.wait(60) == 0
    program.wait_gone()


def test_a_program_that_fails(start: object) -> None:
    program = start("raise SystemExit(3)")  # type: ignore[operator]
    assert program.process.wait(60) == 3
    program.wait_gone()


def test_a_forked_child_has_no_part_in_the_manager(m: vine.Manager) -> None:
    def in_child() -> None:
        try:
            m.submit(vine.Task("true"))
        except vine.VineError as error:
            sys.exit(7 if error.code == "MANAGER_CLOSED" else 8)

    task = vine.Task("echo still here")
    m.submit(task)
    child = multiprocessing.get_context("fork").Process(target=in_child)
    child.start()
    child.join()
    assert child.exitcode == 7
    assert m.wait(60) is task
    assert task.output == "still here\n"


def test_another_program_can_join_a_manager_and_leave_it_running(m: vine.Manager) -> None:
    with vine.Manager(connection_file=m.connection_file) as other:
        assert (other.port, other.name) == (m.port, m.name)
        task = vine.Task("echo from another")
        other.submit(task)
        assert other.wait(60) is task
        with pytest.raises(vine.VineError, match="decides itself about --port"):
            vine.Manager(9123, connection_file=m.connection_file)
    assert task.output == "from another\n"
    assert m.wait() is None
    assert m.stats["workers"] == 1


def kill_manager(m: vine.Manager) -> None:
    assert m._process is not None
    os.kill(m._process._process.pid, signal.SIGKILL)
    while not m.desk.link.ended:
        time.sleep(0.01)


def test_after_the_end_of_the_manager_process_everything_that_waits_is_told(tmp_path: Path) -> None:
    with vine.Manager(run_info_path=tmp_path) as m:
        future = vine.FuturesExecutor(m).submit(len, "abc")
        task = vine.Task("true")
        made = m.declare_temp()
        task.add_output(made, "made")
        m.submit(task)
        kill_manager(m)
        assert isinstance(future.exception(60), vine.ManagerLost)
        raising: list[Callable[[], object]] = [
            m.wait,
            lambda: m.wait_for_task_id(task.id or 0),
            lambda: list(m.completed()),
            made.contents,
            lambda: m.stats,
            lambda: m.submit(vine.Task("true")),
            lambda: m.map(abs, [1]),
        ]
        for use in raising:
            with pytest.raises(vine.ManagerLost, match="SIGKILL ended its process") as lost:
                use()
            assert "make another Manager" in lost.value.hint
        assert (task.state, m.empty()) == ("failed", False)
        assert isinstance(task.exception, vine.ManagerLost)


def test_what_has_ended_before_the_manager_was_lost_is_still_returned(tmp_path: Path) -> None:
    with vine.Manager(run_info_path=tmp_path) as m, vine.Factory(manager=m, cores=1):
        done, left = vine.Task("echo done"), vine.Task("sleep 600")
        m.submit(done)
        while not done.completed():
            time.sleep(0.01)
        assert m.wait() is done
        kill_manager(m)
        assert m.wait() is None
    with vine.Manager(run_info_path=tmp_path) as m, vine.Factory(manager=m, cores=1):
        done = vine.Task("echo done")
        m.submit(done)
        m.submit(left)
        while not done.completed():
            time.sleep(0.01)
        kill_manager(m)
        assert m.wait() is done
        with pytest.raises(vine.ManagerLost):
            m.wait()


def test_a_manager_that_somebody_ends_in_good_order_is_lost_for_its_programs(tmp_path: Path) -> None:
    with vine.Manager(run_info_path=tmp_path) as m:

        def submit_on() -> None:
            while True:
                # Those that it still takes come back as cancelled.
                task = vine.Task("true")
                m.submit(task)
                assert m.wait(60) is task
                assert task.state == "cancelled"

        assert m._process is not None
        m._process._process.terminate()
        with pytest.raises(vine.ManagerLost, match="the manager is gone"):
            submit_on()


def test_a_closed_manager_has_ended_what_waited_and_takes_no_more(tmp_path: Path) -> None:
    m = vine.Manager(run_info_path=tmp_path)
    task = vine.Task("true")
    m.submit(task)
    future = vine.FuturesExecutor(m).submit(len, "abc")
    m.close()
    m.close()
    assert m.wait() is task
    assert task.state == "cancelled"
    assert isinstance(future.exception(1), vine.VineError)
    with pytest.raises(vine.VineError, match="has been closed"):
        m.submit(vine.Task("true"))


def test_who_has_the_wrong_key_is_told_so(m: vine.Manager, empty_manager: vine.Manager, tmp_path: Path) -> None:
    import json

    mixed = json.loads(Path(m.connection_file).read_text())
    mixed["addresses"] = json.loads(Path(empty_manager.connection_file).read_text())["addresses"]
    path = tmp_path / "mixed.json"
    path.write_text(json.dumps(mixed))
    path.chmod(0o600)
    with pytest.raises(vine.VineError) as refused:
        vine.Manager(connection_file=path, connect_timeout=2)
    assert refused.value.code in ("NOT_AUTHORISED", "NO_MANAGER")


def test_where_nobody_listens_it_gives_up_after_the_time_out(m: vine.Manager, tmp_path: Path) -> None:
    path = tmp_path / "nobody.json"
    path.write_text(Path(m.connection_file).read_text().replace(f":{m.port}", ":1"))
    path.chmod(0o600)
    with pytest.raises(vine.VineError) as refused:
        vine.Manager(connection_file=path, connect_timeout="300ms")
    assert refused.value.code == "NO_MANAGER"


def test_ten_thousand_calls_wait_for_the_first_worker(tmp_path: Path) -> None:
    with vine.Manager(run_info_path=tmp_path) as m:
        executor = vine.FuturesExecutor(m)
        made = [executor.submit(lambda x: x + 1, n) for n in range(10_000)]
        while m.desk.status.waiting < 10_000:
            assert not made[0].done()
            time.sleep(0.01)
        with vine.Factory(manager=m):
            assert sum(future.result(120) for future in made) == sum(range(1, 10_001))
            executor.shutdown()


def test_a_program_that_is_killed_during_calls_leaves_those_of_others_alone(m: vine.Manager, folder: Path) -> None:
    text = f"""
import time
import taskvine as vine

m = vine.Manager(connection_file={m.connection_file!r})
calls = [vine.FunctionCall(m.generic_library(), time.sleep, 600) for _ in range(4)]
for call in calls:
    m.submit(call)
while not any(call.state == "running" for call in calls):
    m.wait(0.05)
print("running", flush=True)
time.sleep(600)
"""
    cancelled = m.stats["tasks"]["cancelled"]
    with subprocess.Popen([sys.executable, "-c", text], cwd=folder, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "running\n"
        program.kill()
    with vine.FuturesExecutor(m) as executor:
        assert list(executor.map(abs, range(-20, 0))) == list(range(20, 0, -1))
    deadline = time.monotonic() + 60
    while m.stats["tasks"]["cancelled"] < cancelled + 4:
        assert time.monotonic() < deadline, m.stats["tasks"]
        time.sleep(0.02)
