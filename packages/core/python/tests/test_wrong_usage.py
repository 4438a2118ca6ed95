"""What is said of wrong usage is in the words of a program in Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import taskvine as vine


@pytest.mark.parametrize("port", [99_999, -1, "9123", (9_123,), (9_200, 9_100), 3.5, True])
def test_a_port_that_is_none_is_refused_before_anything_is_started(port: Any) -> None:
    with pytest.raises(vine.VineError, match=r"^port must be a number up to 65535"):
        vine.Manager(port)


def test_a_manager_that_cannot_be_started_is_told_with_what_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINE_COMMAND", "/nowhere/vine")
    with pytest.raises(vine.VineError, match="/nowhere/vine could not be started") as refused:
        vine.Manager()
    assert "VINE_COMMAND" in refused.value.hint


def test_what_is_no_task_file_or_library_is_refused_by_name(empty_manager: Any) -> None:
    m = empty_manager
    wrong: list[tuple[Callable[[], Any], str]] = [
        (lambda: m.submit("echo hi"), "a Task, PythonTask or FunctionCall can be submitted, not 'echo hi'"),
        (lambda: m.install_library("words"), "a Library can be installed, not 'words'"),
        (lambda: m.declare_file(3), "a path must be a text that is not empty, not 3"),
        (lambda: m.declare_buffer(3), "a buffer is a text or bytes, not 3"),
        (lambda: m.declare_url(3), "a URL is a text, not 3"),
        (lambda: m.declare_untar("a.tar"), "an archive is a declared file, not 'a.tar'"),
        (lambda: m.create_library_from_functions("words", "known"), "a library is made of functions, and 'known'"),
        (lambda: vine.Factory(manager=m, python="/nowhere/python").start(), "there is none at '/nowhere/python'"),
        (lambda: m.cancel("x"), "a task or its number can be cancelled, not 'x'"),
        (lambda: vine.FuturesExecutor("localhost"), "an executor runs calls for a Manager, not for 'localhost'"),  # type: ignore[arg-type]
        (lambda: vine.Task(["echo"]), "a task needs a command, in one text, not ['echo']"),  # type: ignore[arg-type]
        (lambda: vine.Task("x").add_input("data", "data"), "one of the manager's declare methods, and not be 'data'"),  # type: ignore[arg-type]
        (lambda: vine.Task("x").add_input(m.declare_temp(), 3), "the name of a file in a task's folder must be a text"),  # type: ignore[arg-type]
        (lambda: setattr(vine.Task("x"), "cores", 4), "nothing hears what is assigned to a task or library"),
        (lambda: vine.Task("x").set_memory(0), "memory must be a number of megabytes, more than 0, not 0"),
        (lambda: m.declare_untar(m.declare_buffer("x")), "no name tells what kind of archive"),
        (lambda: m.cancel_by_task_tag(3), "tag must be a text that is not empty, not 3"),
        (lambda: m.cancel_by_category(None), "category must be a text that is not empty, not None"),
        (lambda: vine.Manager(connection_file=3), "a connection file is the path of one, not 3"),  # type: ignore[arg-type]
        (lambda: vine.Manager(name="a\n"), "a manager's name is a text without control characters"),
        (lambda: m.wait(-5), "timeout must be a number of seconds, more than 0, not -5"),
        (lambda: vine.Manager(ssl=("key", "certificate")), "ssl is True or left out"),  # type: ignore[arg-type]
    ]
    for use, sentence in wrong:
        with pytest.raises(vine.VineError, match=re.escape(sentence)):
            use()


def test_files_and_calls_of_another_manager_are_refused(m: vine.Manager, empty_manager: vine.Manager) -> None:
    foreign = vine.FunctionCall(empty_manager.generic_library(), len, "x")
    empty_manager.submit(foreign)
    library = m.generic_library()
    with pytest.raises(vine.VineError, match="was declared on another manager"):
        m.submit(vine.FunctionCall(library, len, empty_manager.declare_buffer("x")))
    with pytest.raises(vine.VineError, match="was submitted to another manager"):
        m.submit(vine.FunctionCall(library, len, [foreign]))
    with pytest.raises(vine.VineError, match="was declared on another manager"):
        m.submit(vine.PythonTask(len, [empty_manager.declare_buffer("x")]))
    file = empty_manager.declare_file("package.tar")
    uses: list[Callable[[], object]] = [
        lambda: m.declare_untar(file),
        lambda: m.declare_environment(file),
        lambda: m.prune_file(file),
        lambda: m.undeclare_file(file),
        lambda: m.execute({}, files=[file]),
    ]
    for use in uses:
        with pytest.raises(vine.VineError, match="was declared on another manager"):
            use()
    assert m.empty()
    empty_manager.cancel_all()
    assert empty_manager.wait(60) is foreign


def test_a_path_where_something_is_already_is_not_written(m: vine.Manager, tmp_path: Path) -> None:
    task = vine.Task("printf made > out")
    made = m.declare_temp()
    task.add_output(made, "out")
    m.submit(task)
    assert m.wait(60) is task
    occupied = tmp_path / "there"
    occupied.write_text("precious")
    for file in (made, m.declare_buffer("other")):
        with pytest.raises(vine.VineError, match=r"there cannot be written: .*exists") as refused:
            file.save_to(occupied)
        assert refused.value.code == "OUTPUT_TRANSFER"
    assert occupied.read_text() == "precious"


def test_words_of_the_original_that_there_are_not_say_what_to_do_instead(empty_manager: Any) -> None:
    with pytest.raises(AttributeError, match=r"a Manager has no enable_monitoring\. Instead: what tasks use is always"):
        empty_manager.enable_monitoring()
    with pytest.raises(AttributeError, match=r"a Manager has no declare_fil$"):
        empty_manager.declare_fil("x")
    assert not hasattr(empty_manager, "tune")


def test_a_file_that_no_task_makes_is_not_waited_for(empty_manager: vine.Manager) -> None:
    temp = empty_manager.declare_temp()
    with pytest.raises(vine.VineError, match="no task that makes it has been submitted") as refused:
        temp.contents()
    assert refused.value.code == "NEVER_MADE"
    task = vine.Task("printf made > out")
    task.add_output(temp, "out")
    empty_manager.submit(task)
    with pytest.raises(TimeoutError):
        temp.contents(timeout=0.1)
    empty_manager.cancel(task)
    assert empty_manager.wait() is task
    with pytest.raises(vine.VineError, match="cancelled"):
        temp.contents()


def test_a_library_that_cannot_import_says_what_it_lacks_in_a_sentence(
    m: vine.Manager, caplog: pytest.LogCaptureFixture
) -> None:
    library = m.create_library_from_functions("lacking", len, imports=["nonesuch"])
    library.set_start_tries(1)
    m.install_library(library)
    call = vine.FunctionCall(library, "len", [])
    m.submit(call)
    m.wait_for_task_id(call.id or 0)
    reason = "cannot start: 'nonesuch' cannot be imported: the module 'nonesuch' is not"
    assert re.search(reason, str(call.exception))
    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert any(re.search(f"library lacking did not start at (.|\n)*{reason}", one) for one in warned)


def test_a_python_that_workers_do_not_have_is_told_with_what_to_set(m: vine.Manager) -> None:
    task = vine.PythonTask(len, [])
    task.set_env_var("VINE_PYTHON", "/nowhere/python")
    m.submit(task)
    m.wait_for_task_id(task.id or 0)
    assert isinstance(task.exception, vine.VineError)
    assert (task.exception.code, "VINE_PYTHON" in task.exception.hint) == ("COMMAND_NOT_FOUND", True)


def test_hints_name_what_a_program_in_python_can_write() -> None:
    error = vine.VineError("WALL_TIME", "task 1: ran longer than 1000 ms", "Raise maxWallTime, or split the work.")
    assert error.hint == "Raise set_time_max, or split the work."


def test_a_factory_is_told_all_at_once(empty_manager: vine.Manager) -> None:
    factory = vine.Factory(manager=empty_manager, cores=2, memory="1 GB", max_workers=3)
    assert (factory.cores, factory.memory, factory.min_workers, factory.max_workers) == (2, "1 GB", 1, 3)
