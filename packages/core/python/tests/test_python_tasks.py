"""Functions that run like commands."""

from __future__ import annotations

import os

import pytest

import taskvine as vine

OFFSET = 5


def shifted(x: int, by: int = 1) -> int:
    print("in the function")
    return x + by + OFFSET


def fails(x: int) -> int:
    return x // 0


class Odd(Exception):
    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} and {second}")


def test_a_function_runs_with_what_it_refers_to_and_its_value_comes_back(m: vine.Manager) -> None:
    task = vine.PythonTask(shifted, 1, by=2)
    m.submit(task)
    assert m.wait(60) is task
    assert (task.output, task.std_output) == (8, "in the function\n")
    assert task.exception is None


def test_an_exception_is_raised_again_with_the_remote_traceback(m: vine.Manager) -> None:
    task = vine.PythonTask(fails, 1)
    m.submit(task)
    assert m.wait(60) is task
    assert (task.result, task.state, task.exit_code, task.successful()) == ("exception", "failed", 1, False)
    with pytest.raises(ZeroDivisionError) as error:
        _ = task.output
    assert "return x // 0" in str(error.value.__cause__)


def test_an_exception_that_cannot_be_unpickled_is_told_in_words(m: vine.Manager) -> None:
    def raises() -> None:
        raise Odd(1, 2)

    task = vine.PythonTask(raises)
    m.submit(task)
    assert m.wait(60) is task
    assert isinstance(task.exception, vine.RemoteError)
    assert "1 and 2" in str(task.exception)


def test_it_has_a_sandbox_inputs_and_outputs_like_any_task(m: vine.Manager) -> None:
    def copy() -> str:
        with open("in") as source, open("out", "w") as target:
            target.write(source.read().upper())
        return os.environ["WHERE"]

    made = m.declare_temp()
    task = vine.PythonTask(copy)
    task.add_input(m.declare_buffer("text"), "in")
    task.add_output(made, "out")
    task.set_env_var("WHERE", "there")
    m.submit(task)
    assert m.wait(60) is task
    assert (task.output, made.contents()) == ("there", b"TEXT")


def test_a_process_that_ends_without_a_value_says_how(m: vine.Manager) -> None:
    task = vine.PythonTask(os._exit, 4)
    m.submit(task)
    assert m.wait(60) is task
    assert task.result == "output-missing"
    assert "without a value (exit code 4)" in str(task.exception)


def test_arguments_may_be_files_and_values_of_others_and_submit_what_they_need(m: vine.Manager) -> None:
    def read(path: str, more: list[int]) -> tuple[str, int]:
        with open(path) as stream:
            return stream.read(), sum(more)

    first = vine.PythonTask(shifted, 1)
    task = vine.PythonTask(read, m.declare_buffer("content"), [first, vine.PythonTask(shifted, 2)])
    m.submit(task)
    assert m.wait(120) is task
    assert task.output == ("content", 7 + 8)
    assert m.wait() is None
    assert first.output == 7


def test_a_value_that_cannot_be_pickled_says_so(m: vine.Manager) -> None:
    def gives() -> object:
        import threading

        return threading.Lock()

    task = vine.PythonTask(gives)
    m.submit(task)
    assert m.wait(60) is task
    assert "cannot be pickled" in str(task.exception)


def test_output_before_the_end_is_refused(m: vine.Manager) -> None:
    task = vine.PythonTask(shifted, 1)
    with pytest.raises(vine.VineError, match="has not ended"):
        _ = task.output
    with pytest.raises(vine.VineError, match="needs a function"):
        vine.PythonTask("no function")  # type: ignore[arg-type]
