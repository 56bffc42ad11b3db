// The surface of the jail: every name a tool can reach, read by a tool that looks.

import { readFile } from 'node:fs/promises';

import type { RunRequest, Sandbox } from './contract.ts';
import { CodedError } from './errors.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Grants, ToolArtifact } from './manifest.ts';

/** What a name can stand for: an `accessor` has a getter or setter, a `constructor` is what `new` takes, a `value` no object. */
export const NAME_KINDS = ['accessor', 'constructor', 'function', 'object', 'value'] as const;

/** One of {@link NAME_KINDS}. */
export type NameKind = (typeof NAME_KINDS)[number];

/** Path → kind, in the order of the paths. */
export type Surface = ReadonlyMap<string, NameKind>;

/**
 * Reads it by two runs in cells: with every grant there is, and with none. What hangs on the `host` object of the second
 * run has paths that start with `hostWithoutGrants`.
 *
 * @throws what a run of a tool may fail with
 */
export async function readSurface(
  sandbox: Sandbox,
  { tenant, signal }: Pick<RunRequest, 'tenant' | 'signal'>,
): Promise<Surface> {
  const artifact = await compileSurvey(sandbox, tenant);
  const survey = async (grants: readonly string[]): Promise<readonly Entry[]> => {
    const request = { tenant, artifact, grants, runId: `survey-${crypto.randomUUID()}`, ...SURVEY_RUN };
    const outcome = await sandbox.run(signal === undefined ? request : { ...request, signal });
    if (!outcome.ok) throw new CodedError(outcome.failure);
    return (JSON.parse(outcome.output ?? '{}') as { readonly names: readonly Entry[] }).names;
  };
  const granted = await survey(ALL_GRANTS);
  const ungranted = await survey([]);
  const ofHost = ungranted.filter(([path]) => HOST.test(path));
  const entries = [...granted, ...ofHost.map(([path, kind]) => [path.replace(HOST, UNGRANTED_HOST), kind] as const)];
  return new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

type Entry = readonly [path: string, kind: NameKind];

const HOST = /^host(?![\w$])/;
const UNGRANTED_HOST = 'hostWithoutGrants';

/** Exhaustive by its type: a grant that is new has its names read. */
const GRANTS: Readonly<Record<keyof Grants, true>> = {
  'net.fetch': true,
  'kv.read': true,
  'kv.write': true,
  secret: true,
  'tool.call': true,
  'media.image': true,
  'client.ask': true,
  'client.sample': true,
  'client.roots': true,
  'listing.change': true,
  'resource.notify': true,
};

/** Those of manifests, and what the host adds for a call that can become a task. */
const ALL_GRANTS: readonly string[] = [...Object.keys(GRANTS), 'task.background'];

const SURVEY_RUN = {
  // Many times what the walk takes: a busy machine shall not fail it.
  limits: { ...DEFAULT_LIMITS, cpuMs: 10_000, wallMs: 30_000 },
  input: '{}',
  seed: '0'.repeat(32),
  clockMs: 0,
} as const;

const INPUT_SCHEMA = '{"type":"object"}';
const OUTPUT_SCHEMA = JSON.stringify({
  type: 'object',
  properties: {
    names: {
      type: 'array',
      items: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { enum: NAME_KINDS }],
        minItems: 2,
        maxItems: 2,
      },
    },
  },
  required: ['names'],
});

async function compileSurvey(sandbox: Sandbox, tenant: string): Promise<ToolArtifact> {
  const source = await readFile(new URL('./guest/survey.ts', import.meta.url), 'utf8');
  const { script } = await sandbox.compile({ tenant, entry: 'tool.ts', files: { 'tool.ts': source } });
  const { validators } = await sandbox.compileSchemas({
    tenant,
    inputSchema: INPUT_SCHEMA,
    outputSchema: OUTPUT_SCHEMA,
  });
  return { digest: 'survey', tool: 'survey', script, validators, context: '{}' };
}
