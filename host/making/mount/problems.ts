// What is wrong with a folder, all of it at once: who mends one file wants to know of the others.

import { isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import type { MountProblem } from './types.ts';

/** Beyond these, one more tells nobody anything. */
const MAX_TOLD = 100;

/** Collects the problems of a folder. */
export class Problems {
  readonly #found: MountProblem[] = [];

  get length(): number {
    return this.#found.length;
  }

  add(problem: MountProblem): MountProblem {
    this.#found.push(problem);
    return problem;
  }

  /** Takes what was thrown about a file, where that is the author's to mend. @throws everything else */
  take(path: string, error: unknown): MountProblem {
    if (!isCodedError(error) || error.fault === 'host' || error.code === 'RUN_CANCELLED') throw error;
    // Of an example's failure, the data is what the tool says.
    const file = error.code === 'EXAMPLE_FAILED' ? undefined : error.data?.['file'];
    return this.add({ path: typeof file === 'string' ? file : path, code: error.code, message: error.message });
  }

  /** @param folder its name, for the message @throws MOUNT_INVALID when there was a problem */
  check(folder: string): void {
    const [first] = this.#found;
    if (first === undefined) return;
    const count = this.#found.length;
    const more = count === 1 ? '' : `, and ${count - 1} more`;
    const message = `the folder "${folder}" cannot be mounted: ${first.path}: ${first.code}: ${first.message}${more}`;
    throw hostError('MOUNT_INVALID', message, { folder, problems: count, items: this.#found.slice(0, MAX_TOLD) });
  }
}
