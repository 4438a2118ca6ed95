import { expect } from "chai";
import { News } from "./news.js";

async function next(news: News): Promise<{ events: number[]; figures: number[]; workers: unknown }> {
  const told = await news.next();
  const [events = Buffer.alloc(0), figures = Buffer.alloc(0)] = told?.message.attachments ?? [];
  return {
    events: [...new Int32Array(Uint8Array.from(events).buffer)],
    figures: [...new Float64Array(Uint8Array.from(figures).buffer)],
    workers: (told?.message.body as { workers?: unknown } | undefined)?.workers,
  };
}

describe("news of a graph", () => {
  it("tell where each node ran, how long, and how large its value is if it left the process", async () => {
    const news = new News(true);
    news.onStarted([3]);
    news.onFinished([{ node: 3, us: 5, bytes: 7, place: "here" }], "gold");
    news.onFinished([{ node: 4, us: 6, bytes: 0, place: "nowhere" }], "iron");
    expect(await next(news)).to.deep.equal({
      events: [6, 7, 9],
      figures: [0, 5, 7, 1, 6, -1],
      workers: ["gold", "iron"],
    });
    news.onFinished([{ node: 5, us: 8, bytes: 9, place: "file" }], "iron");
    news.onDone();
    expect(await next(news)).to.deep.equal({ events: [11], figures: [1, 8, 9], workers: [] });
    expect(await news.next()).to.equal(undefined);
  });

  it("are of warnings and the end alone where nobody looks on", async () => {
    const news = new News(false);
    news.onFinished([{ node: 3, us: 5, bytes: 7, place: "here" }], "gold");
    news.onRemarks(["careful"]);
    news.onDone();
    expect(await next(news)).to.deep.equal({ events: [], figures: [], workers: [] });
    expect(await news.next()).to.equal(undefined);
  });
});
