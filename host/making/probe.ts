// The last thing before a version is published: its examples run in a cell, under its own limits, and must come out as
// they claim.

import {
  CodedError,
  type Failure,
  type Grants,
  type Limits,
  type Profile,
  type Sandbox,
  type ToolArtifact,
} from '#sandbox';
import { hostError } from '#host/base';
import type { ToolExample } from '#host/registry';

/** What a probe runs. */
export interface ProbeRequest {
  readonly sandbox: Sandbox;
  readonly tenant: string;
  readonly makingId: string;
  readonly artifact: ToolArtifact;
  readonly limits: Limits;
  readonly profile: Profile;
  readonly grants: Grants;
  readonly examples: readonly ToolExample[];
  readonly signal: AbortSignal | undefined;
}

/** The time all examples are run at, so that an example with a date in it stays true. */
const PROBE_CLOCK_MS = Date.UTC(2026, 0, 15);
const PROBE_SEED = '0'.repeat(32);

/**
 * Runs every example; returns how many there were.
 *
 * @throws EXAMPLE_FAILED naming the example, what it gave, and (in `data.cause`) the failure of its run
 * @throws RUN_CANCELLED, HOST_BUSY, HOST_STOPPING … when it was not the tool's doing
 */
export async function probe(request: ProbeRequest): Promise<number> {
  const { examples } = request;
  for (const [index, example] of examples.entries()) await probeExample(request, example, index);
  return examples.length;
}

async function probeExample(
  request: ProbeRequest,
  { title, input, output }: ToolExample,
  index: number,
): Promise<void> {
  const { sandbox, tenant, makingId, artifact, limits, profile, grants, signal } = request;
  const run = {
    runId: `${makingId}-${index}`,
    tenant,
    artifact,
    limits,
    profile,
    input: JSON.stringify(input),
    seed: PROBE_SEED,
    clockMs: PROBE_CLOCK_MS,
    grants: Object.keys(grants),
    ...(signal === undefined ? {} : { signal }),
  };
  // An example has nobody to ask, and must not change what others see.
  const outcome = await sandbox.run(run, { hostCall: () => Promise.resolve('suspend') });
  const name = `example ${index + 1}${title === undefined ? '' : ` (${title})`}`;
  if (!outcome.ok) throw exampleFailed(name, index, outcome.failure);
  if (output === undefined) return;
  const actual: unknown = outcome.output === undefined ? undefined : JSON.parse(outcome.output);
  const difference = findDifference(actual, output, '');
  if (difference === undefined) return;
  throw hostError('EXAMPLE_FAILED', `${name} gave another output: ${difference}`, { example: index, difference });
}

function exampleFailed(name: string, example: number, failure: Failure): Error {
  const { code, fault, message, data } = failure;
  if (fault === 'host' || code === 'RUN_CANCELLED') return new CodedError(failure);
  if (code === 'RUN_SUSPENDED') {
    const problem =
      'it waits for the client or the host, and an example has neither; give examples that ask for nothing';
    return hostError('EXAMPLE_FAILED', `${name} cannot be checked: ${problem}`, { example, cause: code });
  }
  const where = placeOf(data?.['stack']);
  return hostError('EXAMPLE_FAILED', `${name} failed: ${code}: ${message}${where}`, { ...data, example, cause: code });
}

/** The innermost line of a stack, to stand in a message. */
function placeOf(stack: unknown): string {
  const [line = ''] = typeof stack === 'string' ? stack.split('\n') : [];
  return line === '' ? '' : ` ${line}`;
}

/** Where two JSON values part, for a human: the path and both values, cut short. Goes no deeper than the expected one. */
function findDifference(actual: unknown, expected: unknown, path: string): string | undefined {
  if (isContainer(actual) && isContainer(expected) && Array.isArray(actual) === Array.isArray(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const difference = findDifference(ownValue(actual, key), ownValue(expected, key), `${path}/${key}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  // Zero has a sign in JavaScript but, as a number, none in JSON.
  if (actual === expected) return undefined;
  return `at ${path === '' ? '/' : path} it is ${show(actual)}, the example says ${show(expected)}`;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function ownValue(container: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

function show(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
