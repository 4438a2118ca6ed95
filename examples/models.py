"""Twenty standard tasks each train a model of handwritten digits; each model becomes a library and answers ten calls.

No model comes home: the tasks leave them in the cluster, the libraries load them there. All is submitted at once; calls
begin with the first model, and go faster with every library that comes up, which the table shows second by second.
The digits are those of scikit-learn where the workers' Python has it, and else drawn by an unsteady hand.
"""

import sys
import time

import taskvine as vine

MODELS = 20
CALLS = 10
DIGITS_IN_A_CALL = 50
GOOD = 0.75
#: Added to each call: what a larger model would take, in seconds.
THOUGHT_S = 0.4


def digits(count, seed):
    """Pairs of a digit and its 8 x 8 dots: the same ones for the same seed."""
    import random

    chance = random.Random(seed)
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        shapes = (
            "7e8185899181427e 0818280808083e00 3c42020c30407e00 7c021c0202027c00 0818284878080800 "
            "7e40407c02027c00 3c40407c42423c00 7e02040810101000 3c42423c42423c00 3c42423e02023c00"
        )
        drawn = [[int(dot) for dot in f"{int(shape, 16):064b}"] for shape in shapes.split()]
        chosen = [chance.randrange(10) for _ in range(count)]
        return [(digit, [dot + chance.uniform(-0.8, 0.8) for dot in drawn[digit]]) for digit in chosen]
    written = load_digits()
    pairs = list(zip(written.target.tolist(), written.data.tolist()))
    return [chance.choice(pairs) for _ in range(count)]


def train(seed):
    """The model is the mean of each digit."""
    import json

    sums = [[0.0] * 64 for _ in range(10)]
    counts = [0] * 10
    for digit, dots in digits(2_000, seed):
        counts[digit] += 1
        sums[digit] = [a + b for a, b in zip(sums[digit], dots)]
    with open("model.json", "w") as model:
        json.dump([[dot / count for dot in dots] for count, dots in zip(counts, sums)], model)


def load():
    """Runs once, when a library starts."""
    import json

    with open("model.json") as model:
        return json.load(model)


def known(count, seed):
    """Which part of some digits the model knows."""
    import time

    from taskvine_call import context

    time.sleep(THOUGHT_S)
    means = context()

    def guess(dots):
        return min(range(10), key=lambda digit: sum((a - b) ** 2 for a, b in zip(means[digit], dots)))

    return sum(guess(dots) == digit for digit, dots in digits(count, seed)) / count


def submit_all(m):
    for seed in range(MODELS):
        model = m.declare_temp()
        task = vine.PythonTask(train, seed)
        task.add_output(model, "model.json")
        task.set_cores(1)
        task.set_tag("train")
        m.submit(task)
        library = m.create_library_from_functions(f"model-{seed}", known, context=load)
        library.add_input(model, "model.json")
        library.set_cores(0.1)
        library.set_max_instances(1)
        for n in range(CALLS):
            call = vine.FunctionCall(library, "known", DIGITS_IN_A_CALL, 1_000 + n)
            call.set_tag(library.name)
            m.submit(call)


def print_rate(trained, answers):
    """A line a second: models and libraries that have come up until then, answers, and a bar; then the best second."""
    best = (0, 0)
    for second in range(max(when for when, _ in answers) + 1):
        models = sum(when <= second for when in trained)
        up = len({library for when, library in answers if when <= second})
        count = sum(when == second for when, _ in answers)
        best = max(best, (count, up))
        line = f"second {second:3}: {models:2} models, {up:2} libraries, {count:3} answers/s"
        print(line, "#" * ((count + 1) // 2), file=sys.stderr)
    alone = 1 / THOUGHT_S
    print(f"at best {best[0]} answers/s, from {best[1]} libraries; one alone gives {alone:g}/s", file=sys.stderr)


def main():
    started = time.monotonic()
    trained, answers = [], []
    good = 0
    with vine.Manager() as m:
        factory = vine.Factory(manager=m)
        factory.cores = 4
        with factory:
            submit_all(m)
            for task in m.completed():
                second = int(time.monotonic() - started)
                if task.tag == "train":
                    trained += [second] if task.successful() else []
                    continue
                good += task.output >= GOOD
                answers.append((second, task.tag))
    print_rate(trained, answers)
    print(f"{len(trained)} models trained, {good} of {MODELS * CALLS} answers know the digits")


if __name__ == "__main__":
    main()
