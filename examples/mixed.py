"""Three kinds of work in one workflow, sharing files.

A standard task makes a list of words, a library loads this list once and answers function calls about a text, and a
last standard task adds up what the calls left in files. The text travels once; neither list nor files come here.
"""

import taskvine as vine

TEXT = "the quick brown fox jumps over the lazy dog while the other dogs sleep\n" * 1_000
LETTERS = ["d", "f", "o", "t"]


def load():
    """Runs once, when the library starts."""
    with open("words.txt") as words:
        return words.read().split()


def count(text_path, letter):
    from taskvine_call import context

    wanted = {word for word in context() if word.startswith(letter)}
    with open(text_path) as text:
        found = sum(word in wanted for word in text.read().split())
    with open("count.txt", "w") as told:
        told.write(f"{found}\n")
    return found


def main():
    with vine.Manager() as m, vine.Factory(manager=m):
        text = m.declare_buffer(TEXT)
        words = m.declare_temp()

        listing = vine.Task("tr -s ' ' '\\n' < text | sort -u > words.txt")
        listing.add_input(text, "text")
        listing.add_output(words, "words.txt")

        library = m.create_library_from_functions("words", count, context=load)
        library.add_input(words, "words.txt")
        library.set_cores(1)

        total = vine.Task("awk '{ sum += $1 } END { print sum }' count-*")
        calls = []
        for letter in LETTERS:
            call = vine.FunctionCall(library, "count", text, letter)
            left = m.declare_temp()
            call.add_output(left, "count.txt")
            total.add_input(left, f"count-{letter}")
            calls.append(call)

        # In any order: each waits for what it reads.
        for task in (total, *calls, listing):
            m.submit(task)
        for task in m.completed():
            if not task.successful():
                raise SystemExit(f"{task!r}: {task.exception}")
        for letter, call in zip(LETTERS, calls):
            print(f"{call.output} words begin with {letter}")
        print(f"{total.std_output.strip()} words in all")


if __name__ == "__main__":
    main()
