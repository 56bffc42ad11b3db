// What a version is, before it has run: its manifest, its validators, its digest, and how it differs from the live one.

import { isCodedError, type JsonSchema, type Manifest, type Profile, type Sandbox, type ToolArtifact } from '#sandbox';
import { canonicalJson, hostError, sha256, type TenantId } from '#host/base';
import { blame } from './blame.ts';
import { untilCancelled } from './cancellation.ts';
import { checkManifest, type ManifestHead, type WrittenManifest } from './check-manifest.ts';
import type { Draft } from './draft.ts';
import { schemaTexts } from './schema-texts.ts';

/** What inspecting needs. */
export interface InspectRequest {
  readonly sandbox: Sandbox;
  readonly profile: Profile;
  readonly tenant: TenantId;
  readonly draft: Draft;
  /** The compiled tool. */
  readonly script: string;
  readonly signal: AbortSignal | undefined;
}

/** A version but for its number. */
export interface Inspected {
  readonly manifest: Manifest;
  readonly artifact: ToolArtifact;
}

/**
 * Checks manifest and schemas, and computes the digest.
 *
 * @throws MANIFEST_INVALID, TOOL_NAME_RESERVED, GRANT_UNSUPPORTED, LIMITS_…, POLICY_DENIED, SCHEMA_…
 * @throws TOOL_INVALID and the codes of a run when the tool cannot be loaded
 */
export async function inspect(request: InspectRequest): Promise<Inspected> {
  const { sandbox, tenant, draft, script, signal } = request;
  const { written, surroundings, context } = draft;
  const head = checkManifest(written, surroundings);
  const { inputSchema, outputSchema } = await schemasOf(request, head);
  const work = sandbox.compileSchemas({ tenant, ...schemaTexts({ inputSchema, outputSchema }) });
  const { validators } = await untilCancelled(work, signal).catch((error: unknown) => {
    throw isWritten(error, written) ? blame(surroundings.place, error) : error;
  });
  const manifest = { ...head, inputSchema, ...(outputSchema === undefined ? {} : { outputSchema }) };
  const digest = sha256(canonicalJson({ manifest, script, context }));
  return { manifest, artifact: { digest, tool: manifest.name, script, validators, context } };
}

/** Whether the schema at fault stands in the manifest, not in the source. */
function isWritten(error: unknown, { inputSchema, outputSchema }: WrittenManifest): boolean {
  const schema = isCodedError(error) && error.data?.['schema'] === 'output' ? outputSchema : inputSchema;
  return schema !== undefined;
}

/** The manifest's schemas; where it has none, those the source carries. */
async function schemasOf(request: InspectRequest, { limits }: ManifestHead) {
  const { sandbox, profile, tenant, draft, script, signal } = request;
  const { written, examples } = draft;
  let { inputSchema, outputSchema } = written;
  // Reading them loads the tool; a tool no example runs is loaded for that alone.
  if (inputSchema === undefined || outputSchema === undefined || examples.length === 0) {
    const called = signal === undefined ? {} : { signal };
    const carried = await sandbox.describe({ tenant, script, limits, profile, ...called });
    inputSchema ??= parseCarried(carried.input);
    outputSchema ??= parseCarried(carried.output);
  }
  if (inputSchema !== undefined) return { inputSchema, outputSchema };
  const message = 'the tool has no inputSchema, neither in its manifest nor in defineTool({ input })';
  throw hostError('MANIFEST_INVALID', message, { path: '/inputSchema' });
}

function parseCarried(text: string | undefined): JsonSchema | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as JsonSchema);
}
