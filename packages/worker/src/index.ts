export { startWorker, type Worker, type WorkerEnd } from "./daemon/worker.js";
export { NewsFeed, type NewsListener, type WorkerNews } from "./daemon/news.js";
export { type ManagerPlace, type WorkerOptions } from "./daemon/options.js";
export { type LostPolicy } from "./machine/event.js";
