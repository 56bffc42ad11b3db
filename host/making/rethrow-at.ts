// Failures of what was compiled, told where its author wrote it.

import { CodedError, isCodedError } from '#sandbox';
import { atSource, type Origin } from '#host/registry';

/** Rethrows for `catch`, every position translated as far as it can be. */
export function rethrowAt(origin: Origin): (error: unknown) => never {
  return (error) => {
    throw isCodedError(error) ? new CodedError(atSource(error, origin), { cause: error }) : error;
  };
}
