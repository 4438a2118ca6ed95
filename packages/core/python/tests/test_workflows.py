"""Standard tasks, libraries and function calls in one workflow, sharing files."""

from __future__ import annotations

import json

import taskvine as vine


def test_a_task_makes_what_a_library_loads_and_its_calls_make_what_a_task_reads(m: vine.Manager) -> None:
    def load() -> list[int]:
        with open("numbers") as numbers:
            return [int(line) for line in numbers]

    def at_least(limit: int) -> int:
        from taskvine_call import context

        found = [number for number in context() if number >= limit]
        with open("found", "w") as target:
            target.write("\n".join(map(str, found)) + "\n")
        return len(found)

    numbers = m.declare_temp()
    make = vine.Task("seq 10 > numbers")
    make.add_output(numbers, "numbers")
    library = m.create_library_from_functions("numbers", at_least, context=load)
    library.add_input(numbers, "numbers")
    library.set_cores(1)
    found = [m.declare_temp() for _ in range(3)]
    calls = [vine.FunctionCall(library, "at_least", limit) for limit in (3, 6, 9)]
    total = vine.Task("cat part-* | awk '{ sum += $1 } END { print sum }'")
    for n, (call, file) in enumerate(zip(calls, found)):
        call.add_output(file, "found")
        total.add_input(file, f"part-{n}")
    for task in (total, *calls, make):
        m.submit(task)
    assert len(list(m.completed())) == 5
    assert [call.output for call in calls] == [8, 5, 2]
    assert total.output == f"{sum(range(3, 11)) + sum(range(6, 11)) + 9 + 10}\n"
    m.remove_library(library)


def test_each_trained_model_becomes_a_library_and_answers_calls(m: vine.Manager) -> None:
    def load() -> dict[str, float]:
        with open("model") as model:
            return dict(json.load(model))

    def predict(x: float) -> float:
        from taskvine_call import context

        model = context()
        return float(model["slope"] * x + model["offset"])

    calls: dict[int, list[vine.FunctionCall]] = {}
    libraries = []
    for n in range(4):
        model = m.declare_temp()
        train = vine.Task(f"""echo '{{"slope": {n}, "offset": {10 * n}}}' > model""")
        train.add_output(model, "model")
        train.set_tag("train")
        library = m.create_library_from_functions(f"model-{n}", predict, context=load)
        library.add_input(model, "model")
        library.set_cores(1)
        libraries.append(library)
        calls[n] = [vine.FunctionCall(library, "predict", x) for x in range(5)]
        for call in calls[n]:
            m.submit(call)
        m.submit(train)
    assert sum(task.state == "done" for task in m.completed()) == 4 + 20
    assert {n: [call.output for call in made] for n, made in calls.items()} == {
        n: [n * x + 10 * n for x in range(5)] for n in range(4)
    }
    for library in libraries:
        m.remove_library(library)
