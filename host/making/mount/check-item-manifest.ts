// The manifests of prompts and resources as their authors wrote them become manifests the host works with.

import { createSchemaChecker, DEFAULT_LIMITS, parseLimits, sandboxError, type Grants, type Limits } from '#sandbox';
import { hostError } from '#host/base';
import { parseUriTemplate, type PromptManifest, type ResourceManifest } from '#host/registry';
import { checkGrants } from '../check-grants.ts';
import { PROMPT_MANIFEST_SCHEMA, RESOURCE_MANIFEST_SCHEMA } from './item-manifest-schemas.ts';

type Written<Checked> = Omit<Checked, 'grants' | 'limits'> & { readonly grants?: unknown; readonly limits?: unknown };
type WrittenPrompt = Partial<Pick<PromptManifest, 'arguments'>> & Written<Omit<PromptManifest, 'arguments'>>;
type WrittenResource = Written<Omit<ResourceManifest, 'cache'>> & {
  readonly cache?: { readonly ttlMs: number; readonly scope?: 'public' | 'private' };
};

const checkPromptShape = createSchemaChecker(PROMPT_MANIFEST_SCHEMA);
const checkResourceShape = createSchemaChecker(RESOURCE_MANIFEST_SCHEMA);

/** Schemes whose URIs are no names but contents, which a client that opens them would run or show. */
const NO_NAMES = /^(?:javascript|vbscript|data|blob):/i;

/** @throws MANIFEST_INVALID, GRANT_UNSUPPORTED, LIMITS_…, POLICY_DENIED */
export function checkPromptManifest(written: unknown): PromptManifest {
  const { arguments: args = [], ...manifest } = checked<WrittenPrompt>(written, checkPromptShape);
  const names = args.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid('/arguments', `names the argument "${twice}" twice`);
  return { ...withAuthority(manifest), arguments: args };
}

/** @throws MANIFEST_INVALID, GRANT_UNSUPPORTED, LIMITS_…, POLICY_DENIED */
export function checkResourceManifest(written: unknown): ResourceManifest {
  const { cache, ...manifest } = checked<WrittenResource>(written, checkResourceShape);
  const { uri, size } = manifest;
  const { parts } = parseUriTemplate(uri);
  const sample = parts.map((part) => ('literal' in part ? part.literal : 'x')).join('');
  if (!URL.canParse(sample)) throw invalid('/uri', 'is no absolute URI');
  if (NO_NAMES.test(uri))
    throw invalid('/uri', 'has a scheme that names nothing; choose one of your own, such as notes:');
  if (size !== undefined && parts.length > 1) throw invalid('/size', 'is for one resource, not for a template of many');
  return {
    ...withAuthority(manifest),
    ...(cache === undefined ? {} : { cache: { scope: 'private', ...cache } }),
  };
}

function checked<T>(written: unknown, check: ReturnType<typeof createSchemaChecker>): Omit<T, '$schema'> {
  const verdict = check(written);
  if (verdict.ok) {
    const { $schema: _schema, ...manifest } = written as T & { readonly $schema?: string };
    return manifest;
  }
  const [first] = verdict.errors;
  const problem = `the manifest is not valid: ${`${first?.path ?? ''} ${first?.message ?? ''}`.trim()}`;
  throw hostError('MANIFEST_INVALID', problem, { errors: verdict.errors });
}

function withAuthority<T extends { readonly grants?: unknown; readonly limits?: unknown }>(
  manifest: T,
): T & { readonly grants: Grants; readonly limits: Limits } {
  const { limits } = parseLimits(manifest.limits);
  if (limits.taskMs !== undefined) {
    throw sandboxError('LIMITS_INVALID', 'only tools work as tasks: set limits.wallMs instead of taskMs', {
      limit: 'taskMs',
    });
  }
  return { ...manifest, grants: checkGrants(manifest.grants ?? {}, true), limits: { ...DEFAULT_LIMITS, ...limits } };
}

function invalid(path: string, problem: string): Error {
  return hostError('MANIFEST_INVALID', `the manifest is not valid: ${path} ${problem}`, { path });
}
