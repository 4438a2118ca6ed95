"""Libraries and their calls."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

import taskvine as vine


def setting(start: int) -> dict[str, int]:
    return {"start": start}


def shifted(x: int, by: int = 0) -> int:
    from taskvine_call import context

    print("printed")
    return int(x + by + context()["start"])


def fails(x: int) -> float:
    return 1 / x


def total(values: list[int], more: dict[str, int] | None = None) -> int:
    return sum(values) + sum((more or {}).values())


@pytest.fixture(scope="module")
def library(m: vine.Manager) -> Iterator[vine.Library]:
    made = m.create_library_from_functions(
        "tools", shifted, fails, total, context=setting, context_args=[100], imports=["math"]
    )
    made.set_cores(1)
    m.install_library(made)
    yield made
    m.remove_library(made)


def done(m: vine.Manager, task: vine.Task) -> vine.Task:
    m.submit(task)
    assert m.wait(120) is task
    return task


@pytest.mark.usefixtures("library")
def test_a_call_finds_what_the_library_loaded_and_tells_what_it_printed(m: vine.Manager) -> None:
    call = done(m, vine.FunctionCall("tools", "shifted", 1, by=2))
    assert (call.output, call.std_output, call.successful()) == (103, "printed\n", True)
    assert call.resources_measured is not None
    assert call.resources_measured.wall_time is not None


def test_the_function_itself_can_name_it_and_the_library_too(m: vine.Manager, library: vine.Library) -> None:
    assert done(m, vine.FunctionCall(library, total, [1, 2, 3])).output == 6


def test_a_call_that_returned_without_a_word_tells_how_it_ran(m: vine.Manager, library: vine.Library) -> None:
    call = done(m, vine.FunctionCall(library, total, [4]))
    assert (call.output, call.state, call.result, call.attempts) == (4, "done", "success", ["success"])
    assert call.hostname
    assert call.resources_allocated is not None
    measured = call.resources_measured
    assert measured is not None
    assert (measured.wall_time or 0) > 0
    assert measured.cpu_time is not None


def test_what_a_call_returned_is_an_argument_of_later_ones(m: vine.Manager, library: vine.Library) -> None:
    first = done(m, vine.FunctionCall(library, total, [1, 2]))
    second = vine.FunctionCall(library, total, [first, 10])
    third = vine.FunctionCall(library, total, [second, first])
    for call in (second, third):
        m.submit(call)
    assert len(list(m.completed())) == 2
    assert third.output == 16


def test_an_exception_is_raised_again_with_the_remote_traceback(m: vine.Manager, library: vine.Library) -> None:
    call = done(m, vine.FunctionCall(library, "fails", 0))
    assert call.result == "exception"
    with pytest.raises(ZeroDivisionError) as error:
        _ = call.output
    assert "return 1 / x" in str(error.value.__cause__)


def test_a_graph_of_calls_is_submitted_with_its_last_one_and_stays_in_the_cluster(
    m: vine.Manager, library: vine.Library
) -> None:
    parts = [vine.FunctionCall(library, "shifted", n) for n in range(3)]
    middle = vine.FunctionCall(library, "total", parts[:2], more={"third": parts[2]})
    for call in (*parts, middle):
        call.keep_in_cluster()
    top = done(m, vine.FunctionCall(library, "total", [middle, middle, 1]))
    assert top.output == 2 * (100 + 101 + 102) + 1
    assert m.wait() is None
    assert [part.output for part in parts] == [100, 101, 102]


def test_a_chain_longer_than_the_recursion_limit_works(m: vine.Manager, library: vine.Library) -> None:
    call = vine.FunctionCall(library, "total", [1])
    for _ in range(1_200):
        call = vine.FunctionCall(library, "total", [call, 1])
    assert done(m, call).output == 1_201


def test_what_failed_below_is_what_is_raised_above(m: vine.Manager, library: vine.Library) -> None:
    call = done(m, vine.FunctionCall(library, "total", [vine.FunctionCall(library, "fails", 0)]))
    assert call.state == "failed"
    assert isinstance(call.exception, ZeroDivisionError)


def test_files_come_as_paths_and_outputs_of_tasks_too(m: vine.Manager) -> None:
    def read(paths: list[str]) -> str:
        texts = [open(path).read() for path in (*paths, "mounted")]  # noqa: SIM115
        with open("left", "w") as target:
            target.write("behind")
        return "".join(texts)

    made, left = m.declare_temp(), m.declare_temp()
    task = vine.Task("printf made > out")
    task.add_output(made, "out")
    call = vine.FunctionCall(m.generic_library(), read, [m.declare_buffer("declared "), made])
    call.add_input(m.declare_buffer(" mounted"), "mounted")
    call.add_output(left, "left")
    m.submit(task)
    m.submit(call)
    assert len(list(m.completed())) == 2
    assert (call.output, left.contents()) == ("declared made mounted", b"behind")


def test_large_values_come_when_they_are_asked_for(m: vine.Manager) -> None:
    def zeros(count: int) -> bytes:
        return bytes(count)

    kept = vine.FunctionCall(m.generic_library(), zeros, 1_000_000)
    kept.keep_in_cluster()
    size = vine.FunctionCall(m.generic_library(), len, kept)
    before = m.stats["retrieved"]["bytes"]
    m.submit(kept)
    m.submit(size)
    assert len(list(m.completed())) == 2
    assert (size.output, m.stats["retrieved"]["bytes"] - before) == (1_000_000, 0)
    assert len(kept.output) == 1_000_000


def test_a_thousand_values_of_a_megabyte_are_summed_where_they_are(m: vine.Manager) -> None:
    def megabyte(n: int) -> bytes:
        return bytes([n % 256]) * 1_000_000

    def lengths(parts: list[bytes]) -> int:
        return sum(map(len, parts))

    library = m.generic_library()
    parts = [vine.FunctionCall(library, megabyte, n) for n in range(1_000)]
    for part in parts:
        part.keep_in_cluster()
    sums = [vine.FunctionCall(library, lengths, parts[at : at + 25]) for at in range(0, 1_000, 25)]
    before = m.stats["retrieved"]["bytes"]
    assert done(m, vine.FunctionCall(library, sum, sums)).output == 1_000_000_000
    assert m.stats["retrieved"]["bytes"] - before < 1_000_000


def test_arguments_and_values_may_be_larger_than_any_message(m: vine.Manager) -> None:
    def doubled(data: bytes) -> bytes:
        return data + data

    data = os.urandom(35_000_000)
    for work in (vine.FunctionCall(m.generic_library(), doubled, data), vine.PythonTask(doubled, data)):
        assert done(m, work).output == data + data
    with vine.FuturesExecutor(m) as executor:
        assert executor.submit(doubled, data).result(120) == data + data


def test_large_arguments_are_files_and_may_hold_values_of_other_calls(m: vine.Manager) -> None:
    def sizes(data: bytes, other: int, path: str) -> tuple[int, int, str]:
        with open(path) as text:
            return len(data), other, text.read()

    library = m.generic_library()
    inner = vine.FunctionCall(library, len, bytes(2_000_000))
    call = done(m, vine.FunctionCall(library, sizes, bytes(20_000_000), inner, m.declare_buffer("text")))
    assert call.output == (20_000_000, 2_000_000, "text")


def test_a_running_call_is_cancelled_and_the_next_one_runs(m: vine.Manager) -> None:
    call = vine.FunctionCall(m.generic_library(), time.sleep, 600)
    m.submit(call)
    while call.state != "running":
        m.wait(0.01)
    m.cancel(call)
    assert m.wait(60) is call
    assert call.state == "cancelled"
    assert done(m, vine.FunctionCall(m.generic_library(), len, "abc")).output == 3


def test_a_call_over_its_time_ends_with_the_limit_named(m: vine.Manager) -> None:
    call = vine.FunctionCall(m.generic_library(), time.sleep, 600)
    call.set_time_max("300ms")
    done(m, call)
    assert call.result == "max-wall-time"
    assert isinstance(call.exception, vine.VineError)


def test_a_call_that_ends_its_process_fails_alone(m: vine.Manager) -> None:
    calls = [vine.FunctionCall(m.generic_library(), len, "x" * n) for n in range(20)]
    crash = vine.FunctionCall(m.generic_library(), os._exit, 3)
    crash.set_retries(0)
    for call in (*calls[:10], crash, *calls[10:]):
        m.submit(call)
    assert len(list(m.completed())) == 21
    assert [call.output for call in calls] == list(range(20))
    assert crash.result == "library-exit"


def test_what_is_said_of_a_call_arrives_with_it_whether_it_travels_alone_or_not(m: vine.Manager) -> None:
    calls = [vine.FunctionCall(m.generic_library(), len, "x" * n) for n in range(6)]
    calls[5].add_input(m.declare_buffer("text"), "name")
    for n, call in enumerate(calls):
        call.set_tag(f"tag-{n}")
        call.set_category("lengths")
        call.set_priority(n)
        call.set_retries(n)
        call.set_time_max(60)
        call.set_memory(100)
        call.keep_in_cluster()
        m.submit(call)
    found = [m.wait_for_tag(f"tag-{n}", 60) for n in range(6)]
    assert found == calls
    assert [call.output for call in calls] == list(range(6))
    assert all(call.category == "lengths" and call.resources_requested.memory == 100 for call in calls)


def test_calls_can_be_cancelled_by_their_tag(empty_manager: vine.Manager) -> None:
    m = empty_manager
    calls = [vine.FunctionCall(m.generic_library(), len, "x") for _ in range(4)]
    for call, tag in zip(calls, ["a", "b", "b", "c"]):
        call.set_tag(tag)
        m.submit(call)
    m.cancel_by_task_tag("b")
    assert {m.wait(60), m.wait(60)} == {calls[1], calls[2]}
    m.cancel_all()
    assert {m.wait(60), m.wait(60)} == {calls[0], calls[3]}


def test_a_call_of_which_little_was_said_costs_no_description_of_its_own(empty_manager: vine.Manager) -> None:
    m = empty_manager
    call = vine.FunctionCall(m.generic_library(), len, "x")
    call.set_tag("tag")
    call.set_priority(2.5)
    call.set_retries(0)
    call.set_time_max("1m")
    call.keep_in_cluster()
    assert isinstance(call.prepare(m, next(m.desk.numbers)), tuple)
    with pytest.raises(vine.VineError, match="handed over already"):
        call.set_tag("other")


@pytest.mark.parametrize("mode", ["fork", "threads"])
def test_a_library_can_run_its_calls_in_children_or_threads(m: vine.Manager, mode: str) -> None:
    def where() -> int:
        return os.getpid()

    library = m.create_library_from_functions(f"mode-{mode}", where, exec_mode=mode, slots=2)
    library.set_cores(1)
    library.set_max_instances(1)
    calls = [vine.FunctionCall(library, "where") for _ in range(4)]
    for call in calls:
        m.submit(call)
    list(m.completed())
    assert len({call.output for call in calls}) == (4 if mode == "fork" else 1)
    m.remove_library(library)


def test_memory_of_a_call_is_limited_in_fork_mode(m: vine.Manager) -> None:
    def takes(megabytes: int) -> int:
        return len(bytearray(megabytes * 1_000_000))

    library = m.create_library_from_functions("measured", takes, exec_mode="fork")
    library.set_cores(1)
    modest, greedy = (vine.FunctionCall(library, "takes", megabytes) for megabytes in (10, 900))
    for call in (modest, greedy):
        call.set_memory(200)
        call.set_retries(0)
        m.submit(call)
    list(m.completed())
    assert modest.output == 10_000_000
    assert modest.resources_measured is not None
    assert (modest.resources_measured.memory or 0) > 10
    assert greedy.state == "failed"
    m.remove_library(library)


def test_names_that_do_not_exist_are_refused_with_those_that_do(m: vine.Manager, library: vine.Library) -> None:
    with pytest.raises(vine.VineError, match=r"no library nothing; installed: .*tools"):
        m.submit(vine.FunctionCall("nothing", "f"))
    with pytest.raises(vine.VineError, match="no function g: it has shifted, fails, total") as refused:
        m.submit(vine.FunctionCall(library, "g"))
    assert refused.value.code == "UNKNOWN_FUNCTION"
    with pytest.raises(vine.VineError, match="there is a library tools already"):
        m.install_library(m.create_library_from_functions("tools", total))


def test_a_library_that_cannot_start_fails_its_calls_with_what_it_wrote(m: vine.Manager) -> None:
    library = m.create_library_from_functions("broken", total, imports=["no_such_module"])
    library.set_start_tries(1)
    call = done(m, vine.FunctionCall(library, "total", []))
    assert call.state == "failed"
    assert "no_such_module" in str(call.exception)
    m.remove_library(library)


def test_any_program_can_be_a_library_and_its_calls_are_json(m: vine.Manager) -> None:
    program = b"""
import json, os, socket, struct
link = socket.socket(socket.AF_UNIX)
link.connect(os.environ["VINE_LIBRARY_SOCKET"])
stream = link.makefile("rwb")
def say(**header):
    data = json.dumps(header).encode()
    stream.write(struct.pack(">II", len(data), 0) + data)
    stream.flush()
say(type="hello", protocol=1, token=os.environ["VINE_LIBRARY_TOKEN"], slots=1, pid=os.getpid())
while head := stream.read(8):
    sizes = struct.unpack(">II", head)
    told, body = json.loads(stream.read(sizes[0])), stream.read(sizes[1])
    if told["type"] == "end":
        break
    if told["type"] == "call":
        args = told.get("args") or json.loads(body)[0]
        say(type="result", id=told["id"], value={"function": told["function"], "args": args})
"""
    library = m.create_library_from_command("own", "exec python3 program.py")
    library.add_input_buffer(program, "program.py")
    library.set_cores(1)
    call = done(m, vine.FunctionCall(library, "anything", 1, ["two"]))
    assert call.output == {"function": "anything", "args": [1, ["two"]]}
    with pytest.raises(vine.VineError, match="cannot be written in JSON"):
        m.submit(vine.FunctionCall(library, "anything", object()))
    m.remove_library(library)
