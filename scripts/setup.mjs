#!/usr/bin/env node
// Makes a fresh clone ready: checks Node, installs, builds. Plain Node, since it runs before anything is installed.
// A second run finds everything done and needs no network.
import { fileURLToPath } from "node:url";
import { build } from "./house/build.mjs";
import { install } from "./house/install.mjs";
import { requireNode } from "./house/node-version.mjs";
import { runMain } from "./house/say.mjs";

/** `projects`: folders to build; none: all. */
export async function setUp(projects = []) {
  requireNode();
  await install();
  await build(projects);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runMain(() => setUp(process.argv.slice(2)));
