// A manifest as its author wrote it becomes a manifest the host works with: shape, name, limits, grants.

import {
  createSchemaChecker,
  DEFAULT_LIMITS,
  DEFAULT_TASK_MS,
  parseLimits,
  sandboxError,
  type Annotations,
  type JsonSchema,
  type Limits,
  type Manifest,
  type SchemaProblem,
  type TaskSupport,
} from '#sandbox';
import { hostError, isDeeperThan, MAX_JSON_DEPTH } from '#host/base';
import type { ToolExample } from '#host/registry';
import { checkIn } from './blame.ts';
import { checkGrants } from './check-grants.ts';
import { checkFree } from './reserved-names.ts';
import { MANIFEST_SCHEMA } from './template-schema.ts';

/** What was written, once its shape is known. */
export interface WrittenManifest {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly version?: string;
  readonly category?: string;
  readonly inputSchema?: JsonSchema;
  readonly outputSchema?: JsonSchema;
  readonly annotations?: Annotations;
  readonly task?: Pick<TaskSupport, 'support'> & Partial<TaskSupport>;
  readonly grants?: Readonly<Record<string, unknown>>;
  readonly limits?: unknown;
  readonly examples?: readonly ToolExample[];
}

/** What surrounds a manifest and decides with it. */
export interface ManifestSurroundings {
  /** Where the manifest stands. */
  readonly place: 'tool.json.hbs' | 'manifest';
  /** The caller's name for the tool, before the manifest's. */
  readonly name?: string;
  /** The caller's limits, before the manifest's. */
  readonly constraints?: unknown;
  /** The template's, behind the manifest's. */
  readonly template?: { readonly category: string; readonly limits?: unknown; readonly grants?: unknown };
  /** Whether the tool is part of a mounted folder. @default false */
  readonly isMounted?: boolean;
}

/** All of a manifest but the schemas, which the source may carry. */
export type ManifestHead = Omit<Manifest, 'inputSchema' | 'outputSchema'>;

const checkShape = createSchemaChecker(MANIFEST_SCHEMA);

/** The shape alone, from JSON text. @throws MANIFEST_INVALID naming the path */
export function parseManifest(text: string): WrittenManifest {
  const value: unknown = JSON.parse(text);
  const verdict = checkShape(value);
  if (!verdict.ok) throw manifestInvalid(verdict.errors);
  const { examples, ...written } = value as WrittenManifest;
  if (examples === undefined) return written;
  // Schemas have their own bound; examples are walked here.
  if (!isDeeperThan(examples, MAX_JSON_DEPTH)) return { ...written, examples };
  throw manifestInvalid([{ path: '/examples', message: `must not nest more than ${MAX_JSON_DEPTH} levels deep` }]);
}

/**
 * The manifest of the version to be, but for its schemas.
 *
 * @throws TOOL_NAME_RESERVED, MANIFEST_INVALID, GRANT_UNSUPPORTED
 * @throws LIMITS_INVALID, LIMITS_ABOVE_CEILING, POLICY_DENIED saying whose limits they are
 */
export function checkManifest(written: WrittenManifest, surroundings: ManifestSurroundings): ManifestHead {
  const { place, template, constraints, isMounted = false } = surroundings;
  const name = surroundings.name ?? written.name;
  const { title, description, version = '1.0.0', category = template?.category ?? 'general', annotations } = written;
  const task = written.task === undefined ? undefined : ({ from: 'start', ...written.task } as const);
  const templateLimits = checkIn('template.json', () => overrideLimits(DEFAULT_LIMITS, template?.limits));
  const ownLimits = checkIn(place, () => withTaskTime(overrideLimits(templateLimits, written.limits), task));
  const grantsPlace = written.grants === undefined && template !== undefined ? 'template.json' : place;
  return {
    name: checkIn(place, () => checkFree(name)),
    ...(title === undefined ? {} : { title }),
    description,
    version,
    category,
    ...(annotations === undefined ? {} : { annotations }),
    ...(task === undefined ? {} : { task }),
    grants: checkIn(grantsPlace, () => checkGrants(written.grants ?? template?.grants ?? {}, isMounted)),
    limits: checkIn('constraints', () => withTaskTime(overrideLimits(ownLimits, constraints), task)),
  };
}

function manifestInvalid(errors: readonly SchemaProblem[]): Error {
  const problem = `${errors[0]?.path ?? ''} ${errors[0]?.message ?? ''}`.trim();
  return hostError('MANIFEST_INVALID', `the manifest is not valid: ${problem}`, { errors });
}

/** The limits a layer gives, and below them what held before. */
function overrideLimits(below: Limits, layer: unknown): Limits {
  return { ...below, ...parseLimits(layer, below.wallMs).limits };
}

/** Every task has a time of its own, and nothing else has one. @throws LIMITS_INVALID */
function withTaskTime({ taskMs, ...limits }: Limits, task: TaskSupport | undefined): Limits {
  if (task !== undefined) return { ...limits, taskMs: taskMs ?? DEFAULT_TASK_MS };
  if (taskMs === undefined) return limits;
  const message = 'taskMs is the time of a task; say "task" in the manifest, or set limits.wallMs';
  throw sandboxError('LIMITS_INVALID', message, { limit: 'taskMs' });
}
