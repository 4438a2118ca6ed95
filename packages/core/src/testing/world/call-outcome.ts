import { cacheName } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { OutputReport } from "../../tasks/result.js";
import { anOutcome } from "../builders.js";
import type { Content } from "./content.js";
import type { Copy } from "./disk.js";
import type { OrderedOutput, OrderOf } from "./order.js";
import { commandOf, type OutcomeWithCopies, outputContent, type PlannedEnd } from "./outcome.js";

type Call = OrderOf<"call">;

/** What the worker reports of a call, and the files that it leaves. Small values travel with the news. */
export function callOutcomeOf(
  order: Call,
  planned: PlannedEnd,
  inputs: ReadonlyMap<string, Content>,
): OutcomeWithCopies {
  const raises = order.behaviour.fails === "raises" && planned.code === "success";
  const end = raises ? { ...planned, code: "exception" as const, message: "ValueError" } : planned;
  const left =
    end.code === "success" ? order.outputs.map((output, i) => leftBy(order, output, i, inputs)) : [];
  const large = end.code === "success" ? largeValueOf(order, inputs) : undefined;
  const spilled = large === undefined ? {} : { spilled: large };
  return {
    ...anOutcome({
      code: end.code,
      ...(end.message === undefined ? {} : { message: end.message }),
      outputs: left.map(({ report }) => report),
      call: { encoding: order.spec.call?.encoding ?? "json", value: new Uint8Array(0), ...spilled },
      measured: { wallMs: end.afterMs },
    }),
    copies: [
      ...left.filter(({ report }) => report.bytes === undefined),
      ...(large === undefined ? [] : [{ copy: large }]),
    ],
  };
}

/** A value that has no file of its own, and is too large to travel with the news. */
function largeValueOf(
  { spec, behaviour, attempt, outputs }: Call,
  inputs: ReadonlyMap<string, Content>,
): Copy | undefined {
  const size = behaviour.outputBytes[0] ?? 0;
  if (outputs.length > 0 || size <= LIMITS.inlineBytes) return undefined;
  const content = outputContent(commandOf(spec), inputs, "");
  return {
    cacheName: cacheName(`value-${spec.id}-${attempt}`),
    content,
    size,
    kind: "file",
    lifetime: "task",
  };
}

function leftBy(
  { spec, behaviour }: Call,
  output: OrderedOutput,
  position: number,
  inputs: ReadonlyMap<string, Content>,
): { readonly copy: Copy; readonly report: OutputReport } {
  const { cacheName, lifetime, file, use } = output;
  const content = outputContent(commandOf(spec), inputs, output.name);
  const size = behaviour.outputBytes[position] ?? 0;
  const report = { file, cacheName, kind: "file", size, digest: content } as const;
  const travels = use === "value" && spec.call?.keep === false && size <= LIMITS.valueBytes;
  return {
    copy: { cacheName, content, size, kind: "file", lifetime },
    report: travels ? { ...report, bytes: new TextEncoder().encode(content) } : report,
  };
}
