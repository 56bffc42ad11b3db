// What one run may use: the names, the defaults, the ceilings and the aliases of the founding documents.

import { sandboxError } from './errors.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What one run may use. Every field is a hard limit. */
export interface Limits {
  /** The isolate's heap, in bytes. */
  readonly heapBytes: number;
  /** CPU time the run may burn, in milliseconds; real CPU, not elapsed time. */
  readonly cpuMs: number;
  /** Elapsed time from start to result, in milliseconds. */
  readonly wallMs: number;
  /** Structured result plus content parts, in bytes of JSON text. */
  readonly outputBytes: number;
  /** What `console` and `host.log` may write, in bytes; the rest is cut. */
  readonly logBytes: number;
  /** Calls to the host (log and progress lines included). */
  readonly hostCalls: number;
  /**
   * Elapsed time of a task, in milliseconds, in place of `wallMs`; waiting for the client does not count. Only a tool that
   * works as a task has it. @default {@link DEFAULT_TASK_MS} there
   */
  readonly taskMs?: number;
}

/** What a tool gets that asks for nothing. */
export const DEFAULT_LIMITS: Omit<Limits, 'taskMs'> = {
  heapBytes: 64 * MIB,
  cpuMs: 1000,
  wallMs: 5000,
  outputBytes: MIB,
  logBytes: 64 * KIB,
  hostCalls: 1000,
};

/** The task time of a tool that works as a task and asks for none. */
export const DEFAULT_TASK_MS = 60_000;

/** The most a tool may ask for. Asking for more is refused, never clamped. */
export const LIMIT_CEILINGS: Required<Limits> = {
  heapBytes: 512 * MIB,
  cpuMs: 30_000,
  wallMs: 30_000,
  outputBytes: 16 * MIB,
  logBytes: MIB,
  hostCalls: 10_000,
  taskMs: 3_600_000,
};

/**
 * How often a run may call one capability, within its `hostCalls`; those that are not named here are bounded by that alone.
 * Continuations count from the start of the run: they make the same calls again.
 */
export const CAPABILITY_CALLS: Readonly<Record<string, number>> = {
  // A person answers each; nobody fills in more forms for one call of a tool.
  'client.ask': 16,
  // Each is work of a model that the caller pays for.
  'client.sample': 32,
  // The folders of a client rarely change while a call lasts.
  'client.roots': 16,
  // Each has every connected client read its lists again.
  'listing.change': 64,
  // Each has every subscriber of a resource read it again.
  'resource.notify': 64,
  // It takes effect once; a tool may say so again in each branch.
  'task.background': 8,
};

/** The least that still lets a context start; below it every call would fail. */
export const LIMIT_FLOORS: Required<Limits> = {
  heapBytes: 8 * MIB,
  cpuMs: 10,
  wallMs: 10,
  outputBytes: 2,
  logBytes: 0,
  hostCalls: 0,
  taskMs: 10,
};

const LIMIT_NAMES = Object.keys(LIMIT_CEILINGS) as (keyof Limits)[];

/** A limits object as authors write it, checked and with its aliases resolved. */
export interface ParsedLimits {
  readonly limits: Partial<Limits>;
  /** From `network_access`: only the listed `net.fetch` grants reach the network, which is the rule anyway. */
  readonly network?: 'none' | 'restricted';
}

/**
 * Reads limits or constraints as authors and agents write them.
 *
 * Aliases: `timeout` (seconds) → `wallMs`; `max_memory` ("512MB", 1024-based) → `heapBytes`; `max_cpu` ("n core",
 * n ≤ 1) → `cpuMs = n × wallMs`; `network_access` none or restricted.
 *
 * @param wallMs the wall time that holds where `value` gives none
 * @throws LIMITS_INVALID when a key is unknown, a value is malformed, or a limit and its alias are both given
 * @throws LIMITS_ABOVE_CEILING when a value is above {@link LIMIT_CEILINGS}
 * @throws POLICY_DENIED when `network_access` is "full"
 */
export function parseLimits(value: unknown, wallMs: number = DEFAULT_LIMITS.wallMs): ParsedLimits {
  if (value === undefined) return { limits: {} };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw sandboxError('LIMITS_INVALID', 'limits must be an object such as {"wallMs": 5000}');
  }
  const limits: { -readonly [K in keyof Limits]?: number } = {};
  let network: ParsedLimits['network'];
  let cores: number | undefined;
  const set = (name: keyof Limits, given: string, amount: number): void => {
    if (limits[name] !== undefined) {
      throw sandboxError('LIMITS_INVALID', `limits give ${name} twice (once as ${given}); keep one`);
    }
    limits[name] = checkLimit(name, given, amount);
  };

  for (const [key, entry] of Object.entries(value)) {
    if (isLimitName(key)) set(key, key, wholeNumber(key, entry));
    else if (key === 'timeout') set('wallMs', key, seconds(entry));
    else if (key === 'max_memory') set('heapBytes', key, memory(entry));
    else if (key === 'max_cpu') cores = coreShare(entry);
    else if (key === 'network_access') network = networkAccess(entry);
    else {
      const known = [...LIMIT_NAMES, 'timeout', 'max_memory', 'max_cpu', 'network_access'].join(', ');
      throw sandboxError('LIMITS_INVALID', `limits have the unknown key ${JSON.stringify(key)}; known: ${known}`);
    }
  }
  // Last, because a share of a core is a share of the wall time, wherever that stands in the object.
  if (cores !== undefined) set('cpuMs', 'max_cpu', Math.round(cores * (limits.wallMs ?? wallMs)));
  return network === undefined ? { limits } : { limits, network };
}

function isLimitName(key: string): key is keyof Limits {
  return Object.hasOwn(LIMIT_CEILINGS, key);
}

function checkLimit(name: keyof Limits, given: string, amount: number): number {
  if (amount > LIMIT_CEILINGS[name]) {
    throw sandboxError(
      'LIMITS_ABOVE_CEILING',
      `limits ask for ${given} = ${amount}, above the ceiling of ${LIMIT_CEILINGS[name]}; ask for less`,
      { limit: name, value: amount, ceiling: LIMIT_CEILINGS[name] },
    );
  }
  if (amount < LIMIT_FLOORS[name]) {
    throw sandboxError(
      'LIMITS_INVALID',
      `limits ask for ${given} = ${amount}; nothing runs below ${LIMIT_FLOORS[name]}`,
      { limit: name, value: amount, floor: LIMIT_FLOORS[name] },
    );
  }
  return amount;
}

function wholeNumber(key: string, entry: unknown): number {
  if (typeof entry === 'number' && Number.isSafeInteger(entry)) return entry;
  throw sandboxError('LIMITS_INVALID', `limits.${key} must be a whole number, not ${JSON.stringify(entry)}`);
}

function seconds(entry: unknown): number {
  if (typeof entry === 'number' && Number.isFinite(entry) && entry > 0) return Math.round(entry * 1000);
  throw sandboxError('LIMITS_INVALID', `limits.timeout must be a number of seconds, not ${JSON.stringify(entry)}`);
}

function memory(entry: unknown): number {
  const match = typeof entry === 'string' ? /^(\d{1,6})\s*(KB|MB|GB)$/i.exec(entry) : null;
  const unit = { KB: KIB, MB: MIB, GB: 1024 * MIB }[match?.[2]?.toUpperCase() ?? ''];
  if (match?.[1] === undefined || unit === undefined) {
    throw sandboxError('LIMITS_INVALID', `limits.max_memory must look like "512MB", not ${JSON.stringify(entry)}`);
  }
  return Number(match[1]) * unit;
}

function coreShare(entry: unknown): number {
  const match = typeof entry === 'string' ? /^(\d+(?:\.\d+)?)\s*cores?$/i.exec(entry) : null;
  const share = Number(match?.[1]);
  if (match === null || !(share > 0) || share > 1) {
    throw sandboxError('LIMITS_INVALID', `limits.max_cpu must be "n core" with n ≤ 1, not ${JSON.stringify(entry)}`);
  }
  return share;
}

function networkAccess(entry: unknown): 'none' | 'restricted' {
  if (entry === 'none' || entry === 'restricted') return entry;
  if (entry === 'full') {
    throw sandboxError(
      'POLICY_DENIED',
      'limits.network_access "full" is never granted; use "restricted" and list the hosts under grants["net.fetch"]',
    );
  }
  throw sandboxError(
    'LIMITS_INVALID',
    `limits.network_access must be "none" or "restricted", not ${JSON.stringify(entry)}`,
  );
}
