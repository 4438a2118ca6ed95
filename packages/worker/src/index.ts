export { type ManagerPlace, type WorkerOptions } from "./daemon/options.js";
export { startWorker, type Worker, type WorkerEnd } from "./daemon/worker.js";
export { type LostPolicy } from "./machine/event.js";
export { NewsFeed, type NewsListener, type WorkerNews } from "./news.js";
