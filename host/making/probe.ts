// The last thing before a version is published: its examples run in a cell, under its own limits, and must come out as
// they claim.

import { isDeepStrictEqual } from 'node:util';

import type { Limits, Sandbox, ToolArtifact } from '#sandbox';
import { hostError } from '#host/base';
import type { ToolExample } from '#host/registry';

/** What a probe runs. */
export interface ProbeRequest {
  readonly sandbox: Sandbox;
  readonly tenant: string;
  readonly makingId: string;
  readonly artifact: ToolArtifact;
  readonly limits: Limits;
  readonly grants: readonly string[];
  readonly examples: readonly ToolExample[];
  readonly signal?: AbortSignal;
}

/** The time all examples are run at, so that an example with a date in it stays true. */
export const PROBE_CLOCK_MS = Date.UTC(2026, 0, 15);
const PROBE_SEED = '0'.repeat(32);

/**
 * Runs every example; returns how many there were.
 *
 * @throws EXAMPLE_FAILED naming the example, what it gave, and (in `data.cause`) the failure of its run
 */
export async function probe(request: ProbeRequest): Promise<number> {
  const { sandbox, tenant, makingId, artifact, limits, grants, examples, signal } = request;
  for (const [index, example] of examples.entries()) {
    const outcome = await sandbox.run({
      runId: `${makingId}-${index}`,
      tenant,
      artifact,
      limits,
      input: JSON.stringify(example.input),
      seed: PROBE_SEED,
      clockMs: PROBE_CLOCK_MS,
      grants,
      ...(signal === undefined ? {} : { signal }),
    });
    const name = `example ${index + 1}${example.title === undefined ? '' : ` (${example.title})`}`;
    if (!outcome.ok) {
      const { code, message, data } = outcome.failure;
      throw hostError('EXAMPLE_FAILED', `${name} failed: ${code}: ${message}`, { example: index, cause: code, ...data });
    }
    if (example.output === undefined) continue;
    const actual: unknown = JSON.parse(outcome.output);
    if (isDeepStrictEqual(actual, example.output)) continue;
    const at = firstDifference(actual, example.output, '');
    throw hostError('EXAMPLE_FAILED', `${name} gave another output: ${at}`, { example: index, difference: at });
  }
  return examples.length;
}

/** Where two JSON values part, for a human: the path and both values, cut short. */
function firstDifference(actual: unknown, expected: unknown, path: string): string {
  if (isContainer(actual) && isContainer(expected) && Array.isArray(actual) === Array.isArray(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    for (const key of keys) {
      const [a, b] = [Object.hasOwn(actual, key) ? actual[key] : undefined, Object.hasOwn(expected, key) ? expected[key] : undefined];
      if (!isDeepStrictEqual(a, b)) return firstDifference(a, b, `${path}/${key}`);
    }
  }
  return `at ${path === '' ? '/' : path} it is ${show(actual)}, the example says ${show(expected)}`;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
