"""Twenty tasks each train a model; each model becomes a library as soon as it is there, and answers ten calls.

A model tells two clouds of points apart. No model comes home: the tasks leave them in the cluster, the libraries load
them there. All is submitted at once; calls begin with the first model, and go faster with every library that comes up.
"""

import sys
import time
from collections import Counter

import taskvine as vine

MODELS = 20
CALLS = 10


def train(seed):
    """Learns from points around two centres, and leaves the two means."""
    import json
    import random

    chance = random.Random(seed)
    centres = [(-1.0 - seed / 10, 0.0), (1.0 + seed / 10, 0.0)]
    means = []
    for x, y in centres:
        cloud = [(chance.gauss(x, 1), chance.gauss(y, 1)) for _ in range(5_000)]
        means.append([sum(axis) / len(cloud) for axis in zip(*cloud)])
    with open("model.json", "w") as model:
        json.dump(means, model)


def load():
    import json

    with open("model.json") as model:
        return json.load(model)


def classify(points):
    """Which of the two clouds each point is nearer to."""
    from taskvine_call import context

    means = context()
    return [min((0, 1), key=lambda n: (x - means[n][0]) ** 2 + (y - means[n][1]) ** 2) for x, y in points]


def submit_all(m):
    for seed in range(MODELS):
        model = m.declare_temp()
        task = vine.PythonTask(train, seed)
        task.add_output(model, "model.json")
        task.set_tag("train")
        m.submit(task)
        library = m.create_library_from_functions(f"model-{seed}", classify, context=load)
        library.add_input(model, "model.json")
        library.set_cores(1)
        for n in range(CALLS):
            call = vine.FunctionCall(library, "classify", [(-2 - n, 0.5), (2 + n, -0.5)])
            call.set_tag(library.name)
            m.submit(call)


def main():
    started = time.monotonic()
    seconds = Counter()
    used = {}
    right = trained = 0
    with vine.Manager() as m, vine.Factory(manager=m):
        submit_all(m)
        for task in m.completed():
            if task.tag == "train":
                trained += task.successful()
                continue
            right += task.output == [0, 1]
            second = int(time.monotonic() - started)
            seconds[second] += 1
            used.setdefault(second, set()).add(task.tag)
    for second in sorted(seconds):
        answers = f"{seconds[second]:4} answers from {len(used[second]):2} libraries"
        print(f"second {second:3}: {answers} {'#' * (seconds[second] // 4)}", file=sys.stderr)
    print(f"{trained} models trained, {right} of {MODELS * CALLS} answers right")


if __name__ == "__main__":
    main()
