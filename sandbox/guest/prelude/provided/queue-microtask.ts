// `queueMicrotask`.

import { Promise, TypeError } from '../primordials.ts';

/** Runs the callback after the current code. What it throws ends the run, as a rejection nobody awaits does. */
export const queueMicrotask = (callback: () => void): void => {
  if (typeof callback !== 'function') throw new TypeError('queueMicrotask(callback) takes a function');
  void callLater(callback);
};

async function callLater(callback: () => void): Promise<void> {
  await Promise.resolve();
  callback();
}
