// Failures as HTTP says them: application/problem+json with the code a program tests.

import type { ErrorKind, Failure } from '#sandbox';

/** An HTTP answer for a failure. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  limited: 413,
  timeout: 504,
  unavailable: 503,
  bug: 500,
};

/**
 * The problem document of a failure.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemOf({ code, kind, fault, message, data }: Failure): Problem {
  const status = STATUS_OF_KIND[kind];
  const retryAfterMs = data?.['retryAfterMs'];
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(typeof retryAfterMs === 'number' ? { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } : {}),
    },
    body: JSON.stringify({
      title: code,
      status,
      detail: message,
      code,
      kind,
      fault,
      ...(data === undefined ? {} : { data }),
    }),
  };
}
