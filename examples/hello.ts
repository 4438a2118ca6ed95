import { Manager, Task } from "@taskvine/core";

const m = await Manager.start({ connectionFile: "vine.json" });
const text = m.declareBuffer("the quick brown fox jumps over the lazy dog\n");
for (const word of ["the", "fox", "cat"]) {
  m.submit(new Task(`grep -o ${word} text | wc -l`).input(text, "text").tag(word));
}
for await (const result of m.completed()) console.log(result.tag, Number(result.check().output));
await m.close();
