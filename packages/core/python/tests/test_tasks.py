"""Command tasks and files, against a real manager and worker."""

from __future__ import annotations

import tarfile
import threading
import time
from pathlib import Path

import pytest

import taskvine as vine
from taskvine._wire import gateway_pb2 as wire


def test_a_task_reads_its_inputs_and_its_output_is_what_it_printed(m: vine.Manager) -> None:
    text = m.declare_buffer("the quick brown fox\n")
    task = vine.Task("grep -o quick text; cat more; echo $WORD; echo complaint >&2")
    task.add_input(text, "text")
    task.add_input_buffer("from a buffer\n", "more")
    task.set_env_var("WORD", "there")
    task.set_cores(1)
    task.set_memory(100)
    number = m.submit(task)
    assert m.wait(60) is task
    assert (task.id, task.result, task.exit_code, task.successful()) == (number, "success", 0, True)
    assert task.output == "quick\nfrom a buffer\nthere\n"
    assert task.std_error == "complaint\n"
    assert task.resources_allocated is not None
    assert task.resources_allocated.memory == 100
    assert task.resources_measured is not None
    assert (task.resources_measured.wall_time or 0) > 0


def test_what_one_task_makes_another_reads_whatever_the_order_of_their_submission(m: vine.Manager) -> None:
    between = m.declare_temp()
    second = vine.Task("wc -l < in")
    second.add_input(between, "in")
    first = vine.Task("seq 7 > out")
    first.add_output(between, "out")
    m.submit(second)
    m.submit(first)
    assert {task.id for task in m.completed()} == {first.id, second.id}
    assert second.output.strip() == "7"
    assert between.contents() == b"1\n2\n3\n4\n5\n6\n7\n"


def test_local_files_go_out_and_come_home(m: vine.Manager, folder: Path) -> None:
    (folder / "in.txt").write_text("abc")
    task = vine.Task("tr a-c A-C < in > out")
    task.add_input(m.declare_file("in.txt"), "in")
    task.add_output(m.declare_file("out.txt"), "out")
    m.submit(task)
    assert m.wait(60) is task
    assert (folder / "out.txt").read_text() == "ABC"


def test_archives_are_unpacked_and_mini_tasks_made_at_the_worker(m: vine.Manager, folder: Path) -> None:
    (folder / "inside.txt").write_text("unpacked")
    with tarfile.open("a.tar.gz", "w:gz") as archive:
        archive.add("inside.txt")
    recipe = vine.Task("echo made by hand > hand")
    task = vine.Task("cat tree/inside.txt; cat hand")
    task.add_input(m.declareUntar(m.declareFile("a.tar.gz")), "tree")
    task.add_input(m.declare_mini_task(recipe, "hand"), "hand")
    m.submit(task)
    assert m.wait(60) is task
    assert task.output == "unpackedmade by hand\n"


def test_a_failing_command_and_a_missing_output_are_told_apart(m: vine.Manager) -> None:
    fails, forgets = vine.Task("exit 3"), vine.Task("true")
    forgets.add_output(m.declare_temp(), "out")
    for task in (fails, forgets):
        m.submit(task)
    list(m.completed())
    assert (fails.result, fails.exit_code, fails.successful()) == ("success", 3, False)
    assert (forgets.result, forgets.state) == ("output-missing", "failed")
    assert isinstance(forgets.exception, vine.VineError)
    assert forgets.exception.code == "OUTPUT_MISSING"


def test_a_task_is_waited_for_by_tag_or_number(m: vine.Manager) -> None:
    tasks = [vine.Task(f"echo {tag}") for tag in ("a", "b", "b")]
    for task, tag in zip(tasks, ("a", "b", "b")):
        task.set_tag(tag)
        m.submit(task)
    number = tasks[2].id
    assert number is not None
    assert m.wait_for_task_id(number, 60) is tasks[2]
    assert m.wait_for_tag("b", 60) is tasks[1]
    assert m.wait_for_tag("b", 60) is None
    assert not m.empty()
    assert m.wait(60) is tasks[0]
    assert m.empty()


def test_waiting_ends_with_the_time_or_when_there_is_nothing_to_wait_for(m: vine.Manager) -> None:
    assert m.wait() is None
    task = vine.Task("sleep 600")
    m.submit(task)
    assert m.wait(0.05) is None
    m.cancel(task)
    assert m.wait(60) is task
    assert (task.state, task.result) == ("cancelled", "cancelled")


def test_tasks_are_cancelled_by_tag_by_category_or_all(m: vine.Manager) -> None:
    tasks = [vine.Task("sleep 600") for _ in range(3)]
    tasks[0].set_tag("first")
    tasks[1].set_category("second")
    for task in tasks:
        m.submit(task)
    m.cancel_by_task_tag("first")
    assert m.wait(60) is tasks[0]
    m.cancel_by_category("second")
    assert m.wait(60) is tasks[1]
    m.cancel_all()
    assert m.wait(60) is tasks[2]


def test_limits_end_a_task_and_say_which(m: vine.Manager) -> None:
    slow = vine.Task("sleep 600")
    slow.set_time_max("300ms")
    m.submit(slow)
    assert m.wait(60) is slow
    assert slow.result == "max-wall-time"


def test_a_waiting_task_explains_itself(m: vine.Manager) -> None:
    task = vine.Task("true")
    task.set_cores(64)
    m.submit(task)
    assert "cores" in task.explain()
    m.cancel(task)
    assert m.wait(60) is task


def test_mistakes_are_refused_where_they_are_made(m: vine.Manager, empty_manager: vine.Manager) -> None:
    with pytest.raises(vine.VineError, match="needs a command"):
        vine.Task(" ")
    task = vine.Task("true")
    with pytest.raises(vine.VineError, match="cores must be"):
        task.set_cores(0)
    with pytest.raises(vine.VineError, match="declare methods"):
        task.add_input("a path", "in")  # type: ignore[arg-type]
    with pytest.raises(vine.VineError, match="cannot be the output"):
        task.add_output(m.declare_buffer("x"), "out")
    with pytest.raises(vine.VineError, match="cache must be one of"):
        m.declare_temp(cache="always")
    task.add_input(empty_manager.declare_buffer("x"), "in")
    with pytest.raises(vine.VineError, match="declared on another manager"):
        m.submit(task)


def test_a_task_is_submitted_once(m: vine.Manager) -> None:
    task = vine.Task("true")
    m.submit(task)
    with pytest.raises(vine.VineError, match="handed over already"):
        m.submit(task)
    with pytest.raises(vine.VineError, match="handed over already"):
        task.set_tag("late")
    assert m.wait(60) is task


def test_what_only_the_manager_can_refuse_fails_the_task_with_its_sentence(m: vine.Manager) -> None:
    task = vine.Task("true")
    task.add_input(m.declare_buffer("x"), "../outside")
    m.submit(task)
    assert m.wait(60) is task
    assert isinstance(task.exception, vine.VineError)
    assert task.exception.code == "BAD_NAME"


def test_a_busy_thread_of_the_program_does_not_hold_up_others(m: vine.Manager) -> None:
    stop = threading.Event()

    def spin() -> None:
        while not stop.is_set():
            sum(range(1000))

    thread = threading.Thread(target=spin)
    thread.start()
    try:
        for task in [vine.Task(f"echo {n}") for n in range(20)]:
            m.submit(task)
        assert sum(task.successful() for task in m.completed()) == 20
    finally:
        stop.set()
        thread.join()


def test_stats_and_workers_are_told(m: vine.Manager) -> None:
    assert m.stats["workers"] == 1
    assert m.workers[0]["resources"]["cores"] == 2
    assert m.hungry() >= 0
    assert m.port > 0
    assert Path(m.connection_file).stat().st_mode & 0o077 == 0


def test_the_clock_of_a_wait_is_its_own(m: vine.Manager) -> None:
    task = vine.Task("sleep 600")
    m.submit(task)
    started = time.monotonic()
    assert m.wait("100ms") is None
    assert time.monotonic() - started >= 0.1
    m.cancel_all()
    assert m.wait() is task


def test_a_buffer_that_no_message_holds_goes_by_way_of_a_file(m: vine.Manager) -> None:
    staging = Path(m.run_directory, "staging")
    text = m.declare_buffer(bytes(33 * 1024 * 1024))
    assert [path.name for path in staging.glob("buffer-*")] != []
    task = vine.Task("wc -c < zeros")
    task.add_input(text, "zeros")
    assert m.wait_for_task_id(m.submit(task), 60) is task
    assert task.output.strip() == str(33 * 1024 * 1024), task.exception
    m.undeclare_file(text)
    deadline = time.monotonic() + 30
    while list(staging.glob("buffer-*")) and time.monotonic() < deadline:
        assert m.stats
    assert list(staging.glob("buffer-*")) == []


def test_a_manager_elsewhere_gets_no_such_buffer(m: vine.Manager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(m.desk, "ready", wire.Ready(run_directory="/nowhere"))
    with pytest.raises(vine.VineError, match="more than messageBytes") as refused:
        m.declare_buffer(bytes(33 * 1024 * 1024))
    assert refused.value.code == "TOO_LARGE"
