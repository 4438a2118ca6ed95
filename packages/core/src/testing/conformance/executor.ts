import assert from "node:assert/strict";
import type { ExecutorMessage, ExecutorPlugin } from "../../executor/executor.js";
import { startExecutor } from "../../executor/load.js";
import type { RunningExecutor } from "../../executor/running-executor.js";
import type { Manager } from "../../manager/manager.js";
import { VineError } from "../../model/errors.js";

/** A manager with at least one worker, for one test. */
export interface TestCluster {
  readonly manager: Manager;
  end(): Promise<void>;
}

export interface ExecutorConformance {
  readonly plugin: ExecutorPlugin;
  /** Default: none. */
  readonly options?: unknown;
  /** Options that the plugin is to refuse, where there are such. */
  readonly wrongOptions?: unknown;
  start(): Promise<TestCluster>;
  /** A request that is done in seconds, and what its answer is to be. */
  readonly request: unknown;
  check(answer: ExecutorMessage): void;
  /** A request that makes no sense. */
  readonly wrong: unknown;
  /** A request that has a task or call running for minutes. */
  readonly endless: unknown;
}

/** What mocha, jest and vitest have in common. */
interface TestFrame {
  describe(title: string, tests: () => void): void;
  it(title: string, test: () => Promise<void>): void;
}

const PATIENCE_MS = 60_000;
const LOOK_MS = 20;

/** What every executor must do, as tests of the frame that is in use (`describe` and `it`). Each begins with a cluster of its own. */
export function executorConformance(of: ExecutorConformance): void {
  const { describe, it } = globalThis as unknown as TestFrame;
  const within = (title: string, run: (manager: Manager) => Promise<void>): void =>
    it(title, async () => {
      const { manager, end } = await of.start();
      try {
        await run(manager);
      } finally {
        await end();
      }
    });
  const test: Test = (title, run) =>
    within(title, async (manager) => run(await startExecutor(of.plugin, manager, of.options), manager));
  describe(`the executor ${of.plugin.name}`, () => {
    answers(of, test);
    ends(of, test);
    if (of.wrongOptions === undefined) return;
    within("refuses options that make no sense", async (manager) => {
      const error = await refusal(startExecutor(of.plugin, manager, of.wrongOptions));
      assert.notEqual(error.code, "INTERNAL", error.message);
    });
  });
}

type Test = (title: string, run: (executor: RunningExecutor, manager: Manager) => Promise<void>) => void;

function answers(of: ExecutorConformance, test: Test): void {
  test("answers a request, and the same one again, also at the same time", async (executor) => {
    of.check(asJson(await executor.execute(of.request)));
    const both = await Promise.all([executor.execute(of.request), executor.execute(of.request)]);
    for (const answer of both) of.check(asJson(answer));
  });

  test("tells progress in JSON, if any, and before the answer", async (executor) => {
    let isOver = false;
    const onProgress = (progress: ExecutorMessage): void => {
      assert.equal(isOver, false, "progress came after the answer");
      asJson(progress);
    };
    await executor.execute(of.request, { onProgress });
    isOver = true;
  });

  test("refuses what makes no sense with a code and a sentence, and goes on", async (executor) => {
    for (const wrong of [of.wrong, null, 7, "nonsense", []]) {
      const error = await refusal(executor.execute(wrong));
      assert.notEqual(error.code, "INTERNAL", error.message);
      assert.notEqual(error.message, "");
    }
    of.check(await executor.execute(of.request));
  });

  test("runs twice in one manager", async (executor, manager) => {
    const other = await startExecutor(of.plugin, manager, of.options);
    await executor.close();
    of.check(await other.execute(of.request));
  });
}

function ends(of: ExecutorConformance, test: Test): void {
  test("stops when nobody wants the answer any more", async (executor, manager) => {
    const controller = new AbortController();
    const request = executor.execute(of.endless, { signal: controller.signal });
    await running(request, manager);
    controller.abort();
    assert.equal((await refusal(request)).code, "CANCELLED");
    await holds("what it began has ended", () => isIdle(manager));
    of.check(await executor.execute(of.request));
  });

  test("ends with everything that it has begun when it is closed, however often", async (executor, manager) => {
    const request = executor.execute(of.endless);
    const refused = refusal(request);
    await running(request, manager);
    await Promise.all([executor.close(), executor.close()]);
    assert.equal((await refused).code, "CANCELLED");
    assert.equal((await refusal(executor.execute(of.request))).code, "MANAGER_CLOSED");
    await holds("what it began has ended", () => isIdle(manager));
  });
}

/** As it comes to a program in another process. */
function asJson(message: ExecutorMessage): ExecutorMessage {
  return { ...message, body: JSON.parse(JSON.stringify(message.body ?? null)) as unknown };
}

async function refusal(request: Promise<unknown>): Promise<VineError> {
  const thrown = await request.then(
    (answer) => assert.fail(`it answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof VineError, String(thrown));
  return thrown;
}

/** Calls are not told to run unless they last: an instance that is busy will do. */
async function running(request: Promise<unknown>, manager: Manager): Promise<void> {
  const ended = request.then(
    () => assert.fail("the endless request ended"),
    () => undefined,
  );
  const begun = holds("something runs for the endless request", () => {
    const { tasks, libraries } = manager.stats();
    return tasks.running > 0 || libraries.some(({ busy }) => busy > 0);
  });
  await Promise.race([begun, ended.then(() => begun)]);
}

function isIdle(manager: Manager): boolean {
  const { tasks } = manager.stats();
  return tasks.waiting + tasks.ready + tasks.assigned + tasks.running + tasks.retrieving === 0;
}

async function holds(what: string, look: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (!look()) {
    assert.ok(performance.now() < deadlineMs, `not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
