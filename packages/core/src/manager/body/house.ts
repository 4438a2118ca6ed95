import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { closeDataThreads, type DataServer, DigestCache } from "../../data/index.js";
import { VineError } from "../../model/errors.js";
import { livingManager, removeConnectionFile } from "../../transport/index.js";
import type { ConnectionFile, LinkServer } from "../../transport/link.js";
import type { FileOwner } from "../api/vine-file.js";
import { Holdings } from "../content/holdings.js";
import type { ResolvedOptions } from "../options.js";
import { EventLog, type LogLevel } from "../run/event-log.js";
import { cleanRunDirectory, makeRunDirectory, type RunDirectory } from "../run/run-directory.js";
import { VERSION } from "../version.js";
import { Body, type BodyListener } from "./body.js";
import { startClock } from "./clock.js";
import { openDataDoor, openLinkDoor, publish } from "./doors.js";

/** Everything that a manager has open, and must close. */
export interface House {
  readonly options: ResolvedOptions;
  readonly run: RunDirectory;
  readonly log: EventLog;
  readonly body: Body;
  readonly dataServer: DataServer;
  readonly links: LinkServer;
  readonly connection: ConnectionFile;
  /** Tells people: in the log, and by the manager's events. */
  note(level: LogLevel, message: string): void;
  /** Ends what is open, in the order in which it must end. */
  close(reason: VineError): Promise<void>;
}

export interface HouseOptions {
  readonly options: ResolvedOptions;
  readonly owner: FileOwner;
  readonly listener: BodyListener;
}

/** What has been opened so far, last first. */
class Closers {
  readonly #closers: ((reason: VineError) => Promise<void>)[] = [];

  add(close: (reason: VineError) => Promise<void>): void {
    this.#closers.unshift(close);
  }

  async close(reason: VineError): Promise<void> {
    for (const close of this.#closers.splice(0)) await close(reason).catch(() => undefined);
  }
}

/** Opens log, doors and body; what was opened is closed again when a later part cannot be. */
export async function openHouse(house: HouseOptions): Promise<House> {
  const closers = new Closers();
  try {
    return await openAll(house, closers);
  } catch (thrown) {
    const error = VineError.from(thrown);
    await closers.close(error);
    throw error;
  }
}

async function openAll({ options, owner, listener }: HouseOptions, closers: Closers): Promise<House> {
  const run = await makeRunDirectory(options.runDirectory, new Date());
  closers.add(() => cleanRunDirectory(run));
  const log = await EventLog.open(run.logFile);
  closers.add(() => log.close());
  const known = await DigestCache.open(join(options.cacheDirectory, "digests"));
  closers.add(() => known.save());
  closers.add(() => closeDataThreads());
  const clock = startClock();
  const instance = randomBytes(8).toString("hex");
  const ticketKey = randomBytes(32);
  const holdings = new Holdings();
  const onRefused = (error: Error): void => log.write("warn", "peer-refused", { message: error.message });
  const dataServer = await openDataDoor({
    options,
    clock,
    holdings,
    ticketKey,
    onLifeline: (receiver, state) => body.workers.onLifeline(receiver, state),
    onRefused: (error, cacheName) => {
      onRefused(error);
      const file = cacheName === undefined ? undefined : holdings.fileOf(cacheName);
      const { code, message } = VineError.from(error);
      if (file !== undefined && code === "INPUT_CHANGED")
        body.turn.post({ type: "source-changed", file, error: code, message });
    },
  });
  closers.add(() => dataServer.close());
  const body = new Body({
    options,
    run,
    clock,
    instance,
    owner,
    holdings,
    known,
    dataServer,
    ticketKey,
    listener,
  });
  closers.add((reason) => stopBody(body, reason));
  const onLink = body.accept.bind(body);
  const links = await openLinkDoor({ options, instance, software: VERSION, onLink, onRefused });
  closers.add((reason) => links.close(reason));
  const connection = await publishAt({ options, links }, run, closers);
  logStart(log, options, connection);
  return {
    options,
    run,
    log,
    body,
    dataServer,
    links,
    connection,
    note: (level, message) => listener.onNote(level, message),
    close: (reason) => closers.close(reason),
  };
}

async function publishAt(
  doors: { readonly options: ResolvedOptions; readonly links: LinkServer },
  run: RunDirectory,
  closers: Closers,
): Promise<ConnectionFile> {
  const { connectionFile } = doors.options;
  if (connectionFile === undefined) return publish(doors, [run.connectionFile]);
  const former = await livingManager(connectionFile);
  if (former !== undefined) warnOfFormer(connectionFile, former);
  const connection = await publish(doors, [run.connectionFile, connectionFile]);
  closers.add(() => removeConnectionFile(connectionFile, connection));
  return connection;
}

function warnOfFormer(path: string, former: string): void {
  process.emitWarning(
    `${path} led to the manager ${former}, which still runs; workers that read the file from now on join this one`,
    "TaskVine",
  );
}

/** The last effects leave, and what was on its way home is given up. */
async function stopBody(body: Body, reason: VineError): Promise<void> {
  body.stop(reason);
  await body.completion.settled();
  body.turn.stop();
  body.queue.release();
  body.values.close();
}

function logStart(log: EventLog, options: ResolvedOptions, connection: ConnectionFile): void {
  const { name, host, insecure } = options;
  log.write("info", "manager-started", { name, host, addresses: connection.addresses, version: VERSION });
  if (!insecure) return;
  log.write("warn", "insecure", { message: "connections are neither encrypted nor authenticated" });
  process.emitWarning(
    "this manager is insecure: connections are neither encrypted nor authenticated",
    "TaskVine",
  );
}
