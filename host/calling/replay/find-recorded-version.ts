// The version a run was one of: under its name still, and still the same.

import { isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import type { RunRecord } from '#host/ledger';
import type { Registry } from '#host/registry';
import { mountedSubject, toolSubject, type Subject } from '../subject.ts';

type Versions = Pick<Registry, 'get' | 'getSource' | 'prompts' | 'resources'>;

/** The subject a record names. @throws VERSION_NOT_FOUND when it was removed, or something else has its name */
export async function findRecordedVersion(record: RunRecord, registry: Versions): Promise<Subject> {
  const subject = await findSubject(record, registry);
  if (subject?.digest === record.digest) return subject;
  const { runId, tool, version } = record;
  const message = `${tool}@${version}, which run ${runId} was one of, was removed or is not mounted; mount its folder again`;
  throw hostError('VERSION_NOT_FOUND', message, { runId, tool, version });
}

async function findSubject({ tenant, tool, version }: RunRecord, registry: Versions): Promise<Subject | undefined> {
  const [kind, name] = tool.split(':', 2);
  if (name === undefined) return findTool({ tenant, tool, version }, registry);
  if (kind === 'prompt') {
    const prompt = registry.prompts(tenant).find((each) => each.name === name);
    return prompt && mountedSubject(kind, prompt);
  }
  const resource = registry.resources(tenant).find((each) => each.name === name);
  return resource && mountedSubject('resource', resource);
}

async function findTool(
  { tenant, tool, version }: Pick<RunRecord, 'tenant' | 'tool' | 'version'>,
  registry: Versions,
): Promise<Subject | undefined> {
  try {
    return toolSubject(await registry.get(tenant, `${tool}@${version}`), registry);
  } catch (error) {
    if (isCodedError(error) && error.kind === 'missing') return undefined;
    throw error;
  }
}
