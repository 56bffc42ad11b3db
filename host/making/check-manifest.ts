// A manifest as its author wrote it becomes a manifest the host works with: shape, name, limits, grants.

import {
  createSchemaChecker,
  DEFAULT_LIMITS,
  parseLimits,
  type Annotations,
  type Grants,
  type JsonSchema,
  type Limits,
  type Manifest,
} from '#sandbox';
import { hostError } from '#host/base';
import type { ToolExample } from '#host/registry';
import { isReservedName } from './reserved-names.ts';
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
  readonly grants?: Readonly<Record<string, unknown>>;
  readonly limits?: unknown;
  readonly examples?: readonly ToolExample[];
}

/** What surrounds a manifest and decides with it. */
export interface ManifestSurroundings {
  /** The caller's name for the tool, before the manifest's. */
  readonly name?: string;
  /** The caller's limits, before the manifest's. */
  readonly constraints?: unknown;
  /** The template's, behind the manifest's. */
  readonly template?: { readonly category: string; readonly limits?: unknown; readonly grants?: unknown };
  /** Schemas the source carries, where the manifest has none. */
  readonly carried?: { readonly input?: string; readonly output?: string };
}

const GRANTS: ReadonlySet<string> = new Set([
  'net.fetch',
  'kv.read',
  'kv.write',
  'secret',
  'tool.call',
  'media.image',
  'client.ask',
  'client.sample',
]);

const checkShape = createSchemaChecker(MANIFEST_SCHEMA);

/** The shape alone. @throws MANIFEST_INVALID naming the path */
export function parseManifest(value: unknown): WrittenManifest {
  const verdict = checkShape(value);
  if (verdict.ok) return value as WrittenManifest;
  const [first] = verdict.errors;
  const problem = `${first?.path ?? ''} ${first?.message ?? ''}`.trim();
  throw hostError('MANIFEST_INVALID', `the manifest is not valid: ${problem}`, { errors: verdict.errors });
}

/**
 * The manifest of the version to be.
 *
 * @throws MANIFEST_INVALID, TOOL_NAME_RESERVED, GRANT_UNSUPPORTED
 * @throws LIMITS_INVALID, LIMITS_ABOVE_CEILING, POLICY_DENIED
 */
export function checkManifest(written: WrittenManifest, surroundings: ManifestSurroundings): Manifest {
  const { template, carried } = surroundings;
  const name = checkName(surroundings.name ?? written.name);
  const inputSchema = written.inputSchema ?? parseCarried(carried?.input);
  const outputSchema = written.outputSchema ?? parseCarried(carried?.output);
  if (inputSchema === undefined) {
    throw hostError('MANIFEST_INVALID', 'the tool has no inputSchema, neither in its manifest nor in defineTool({ input })');
  }
  return {
    name,
    ...(written.title === undefined ? {} : { title: written.title }),
    description: written.description,
    version: written.version ?? '1.0.0',
    category: written.category ?? template?.category ?? 'general',
    inputSchema,
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(written.annotations === undefined ? {} : { annotations: written.annotations }),
    grants: checkGrants(written.grants ?? template?.grants ?? {}),
    limits: checkLimits(template?.limits, written.limits, surroundings.constraints),
  };
}

function checkName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
    const rule = 'lower-case letters, digits and _, starting with a letter, at most 64';
    throw hostError('MANIFEST_INVALID', `${JSON.stringify(name.slice(0, 100))} is no name for a tool: ${rule}`, { path: '/name' });
  }
  if (isReservedName(name)) {
    throw hostError('TOOL_NAME_RESERVED', `the name "${name}" is the host's own; choose another`, { name });
  }
  return name;
}

/** The later one wins, limit by limit. */
function checkLimits(...layers: readonly unknown[]): Limits {
  return layers.reduce<Limits>((limits, layer) => ({ ...limits, ...parseLimits(layer).limits }), DEFAULT_LIMITS);
}

function checkGrants(grants: unknown): Grants {
  const names = Object.keys(grants as object);
  const unknown = names.find((name) => !GRANTS.has(name));
  if (unknown !== undefined) {
    const known = [...GRANTS].join(', ');
    throw hostError('MANIFEST_INVALID', `there is no grant ${JSON.stringify(unknown)}; there are: ${known}`, {
      path: `/grants/${unknown}`,
    });
  }
  const [asked] = names;
  if (asked === undefined) return {};
  throw hostError('GRANT_UNSUPPORTED', `this host does not offer ${asked} yet; a tool that needs it cannot be published here`, {
    grant: asked,
  });
}

function parseCarried(text: string | undefined): JsonSchema | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as JsonSchema);
}
