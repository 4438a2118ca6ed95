#!/usr/bin/env node
// npm test [-- [--phase unit|house|simulation|stories] [--as-built] [PATH…] [any option of mocha]]
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { ROOT } from "./house/paths.mjs";
import { bold, dim, duration, green, Problem, red, runMain, say, yellow } from "./house/say.mjs";
import { setUp } from "./setup.mjs";
import { removeAbandoned } from "./test/abandoned.mjs";
import { findGroups, PHASES } from "./test/groups.mjs";
import { killGroups, runGroup } from "./test/run-group.mjs";

const CI = process.env.CI === "true";
/** Options of mocha that take a value. */
const WITH_VALUE = new Set(["--grep", "-g", "--fgrep", "-f", "--timeout", "-t", "--retries", "--slow"]);

function parse(words) {
  const request = { phases: [], paths: [], mocha: [], asBuilt: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === "--as-built") request.asBuilt = true;
    else if (word === "--phase") request.phases.push(words[++at]);
    else if (WITH_VALUE.has(word)) request.mocha.push(word, words[++at] ?? "");
    else if (word.startsWith("-")) request.mocha.push(word);
    else request.paths.push(word);
  }
  const unknown = request.phases.find((name) => !PHASES.some((phase) => phase.name === name));
  if (unknown !== undefined)
    throw new Problem(
      `There is no phase "${unknown}": choose from ${PHASES.map((phase) => phase.name).join(", ")}.`,
    );
  return request;
}

const MOST_LINES = 60;

/** The text of a failure, set in; a long one is cut (the log has all of it). */
function indent(text) {
  const lines = text.trimEnd().split("\n");
  const cut = lines.length > MOST_LINES ? [`… ${lines.length - MOST_LINES} more lines in the log`] : [];
  return [...lines.slice(0, MOST_LINES), ...cut].map((line) => `      ${line}`).join("\n");
}

function printGroup(result) {
  const { group, passed, failed, skipped } = result;
  if (passed + failed.length + skipped.length === 0) return;
  const counts = [`${passed} passed`, ...(failed.length > 0 ? [red(`${failed.length} failed`)] : [])];
  if (skipped.length > 0) counts.push(yellow(`${skipped.length} skipped`));
  say(
    `${failed.length > 0 ? red("✗") : green("✓")} ${group.name.padEnd(28)} ${counts.join(", ")} ${dim(duration(result.ms))}`,
  );
  for (const failure of failed) {
    say(`    ${red(failure.title)}\n${indent(failure.detail)}`);
    if (failure.expected !== undefined)
      say(indent(`expected: ${failure.expected}\nactual:   ${failure.actual}`));
  }
  if (failed.length > 0) say(dim(`      all of it: ${relative(ROOT, result.log)}`));
  for (const title of skipped) say(`    ${yellow("skipped:")} ${title}`);
}

/** Runs groups, `jobs` beside each other, the largest first. */
async function runPhase(groups, jobs, options) {
  const waiting = [...groups].sort((a, b) => b.bytes - a.bytes);
  const results = [];
  const lane = async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const result = await runGroup(group, options);
      printGroup(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, lane));
  return results;
}

function summarise(results) {
  const sum = (count) => results.reduce((total, result) => total + count(result), 0);
  const skipped = sum((result) => result.skipped.length);
  const totals = {
    passed: sum((result) => result.passed),
    failed: sum((result) => result.failed.length),
    skipped,
  };
  if (CI && skipped > 0) {
    say(
      red(
        `\nOn CI nothing may be skipped (scripts/ci-packages.sh installs what tests need): ${skipped} count as failed.`,
      ),
    );
    return { passed: totals.passed, failed: totals.failed + skipped, skipped: 0 };
  }
  return totals;
}

function watchForInterrupt() {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      killGroups();
      process.exit(130);
    });
  }
}

async function main() {
  const request = parse(process.argv.slice(2));
  if (!request.asBuilt) await setUp();
  const groups = findGroups(request);
  if (groups.length === 0)
    throw new Problem(`No test is at ${request.paths.join(", ") || "any known place"}.`);
  watchForInterrupt();
  await removeAbandoned();
  const results = [];
  for (const phase of PHASES) {
    const mine = groups.filter((group) => group.phase === phase.name);
    if (mine.length === 0) continue;
    say(bold(`\n${phase.name}`));
    results.push(
      ...(await runPhase(mine, phase.parallel ? Math.min(4, availableParallelism()) : 1, request)),
    );
  }
  const { passed, failed, skipped } = summarise(results);
  say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (passed + failed + skipped === 0) throw new Problem("No test has such a name.");
  return failed === 0 ? 0 : 1;
}

await runMain(main);
