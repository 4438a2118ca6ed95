import { EXECUTOR_API, Task, VineError } from "@taskvine/core/executor";

/**
 * Counts words. A request is `{ texts?: string[], most?: number }`, or names files of its program; the answer is
 * `{ words: [[word, count], …] }`, the most frequent first. Each text is counted where it is; only the sums come home.
 * @type {import("@taskvine/core/executor").ExecutorPlugin}
 */
export const executor = {
  name: "word-count",
  api: EXECUTOR_API,
  create: (host, options) => new WordCount(host, checkedOptions(options)),
};

const COUNT = "tr -cs '[:alpha:]' '\\n' < text | sed '/^$/d' | sort | uniq -c > counts";
const SUM = `cat part-* | awk '{ n[$2] += $1 } END { for (word in n) print n[word], word }' | sort -k1,1nr -k2,2`;

class WordCount {
  #host;
  #most;

  constructor(host, { most }) {
    this.#host = host;
    this.#most = most;
  }

  async *execute({ body, files, signal }) {
    const { texts, most } = checkedRequest(body, files, this.#most);
    const host = this.#host;
    const buffers = texts.map((text) => host.declareBuffer(text));
    const inputs = [...files, ...buffers];
    const parts = inputs.map(() => host.declareTemp());
    try {
      const counting = inputs.map((file, at) =>
        new Task(COUNT).input(file, "text").output(parts[at], "counts").category("count"),
      );
      const sum = parts.reduce(
        (task, part, at) => task.input(part, `part-${at}`),
        new Task(`${SUM} | head -n ${most}`),
      );
      // The whole graph at once: the sum waits for its parts in the cluster, not here.
      const [total, ...counted] = host.submitAll([sum, ...counting], { signal });
      for (const [at, result] of counted.entries()) {
        (await result).check();
        yield { body: { counted: at + 1, of: inputs.length } };
      }
      return { body: { words: wordsOf((await total).check().stdout) } };
    } finally {
      for (const file of [...buffers, ...parts]) host.undeclare(file);
    }
  }

  async close() {
    // The host ends what was declared and submitted.
  }
}

function wordsOf(lines) {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "))
    .map(([count, word]) => [word, Number(count)]);
}

function checkedOptions(options) {
  const { most = 10 } = options ?? {};
  if (Number.isInteger(most) && most > 0) return { most };
  throw new VineError("BAD_ARGUMENT", `most must be a whole number from 1, not ${JSON.stringify(most)}`);
}

function checkedRequest(body, files, defaultMost) {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new VineError("BAD_ARGUMENT", "a request is { texts?, most? }");
  const { texts = [], most = defaultMost } = body;
  const isText = (text) => typeof text === "string";
  if (!Array.isArray(texts) || !texts.every(isText))
    throw new VineError("BAD_ARGUMENT", "texts must be a list of texts");
  if (texts.length + files.length === 0) throw new VineError("BAD_ARGUMENT", "there is nothing to count");
  return { texts, ...checkedOptions({ most }) };
}
