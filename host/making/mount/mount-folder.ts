// A folder of tools, prompts and resources becomes something a registry can serve.
//
// INVARIANT: all of it or nothing, and every problem at once. Nothing is written to the store.

import { basename } from 'node:path';

import { hostError, type Clock, type InspectionPolicy } from '#host/base';
import type {
  Mount,
  PromptManifest,
  ResourceManifest,
  SuspiciousItem,
  ToldFindings,
  VersionDraft,
} from '#host/registry';
import { chooseProfile, type ProfilePolicy } from '#host/traffic';
import type { Sandbox } from '#sandbox';
import { inspectTexts } from '../inspection/inspect-texts.ts';
import { checkFindings, toldOf } from '../inspection/policy.ts';
import { roundMs } from '../report.ts';
import { TextFolder } from '../text-folder.ts';
import { checkPromptManifest, checkResourceManifest } from './check-item-manifest.ts';
import { checkSiblings } from './check-siblings.ts';
import { inParallel } from './in-parallel.ts';
import { promptSchemas, RESOURCE_SCHEMAS } from './item-schemas.ts';
import { prepareItem, prepareTool, type PrepareDeps, type Prepared } from './prepare-items.ts';
import { Problems } from './problems.ts';
import { MOUNT_FOLDER, readItems } from './read-items.ts';
import type { ItemFiles, MountProblem, MountRequest } from './types.ts';

/** Enough to keep a workshop and all cells of a small machine busy, and few enough for their queues. */
const AT_ONCE = 8;

/** What mounting needs. */
export interface MountDeps {
  readonly sandbox: Sandbox;
  readonly profiles: ProfilePolicy;
  readonly clock: Clock;
  /** What suspicious texts come to. @default "report" */
  readonly inspection?: InspectionPolicy;
}

/** Makes everything of a folder ready. @throws see {@link Maker.mount} */
export async function mountFolder(
  { sandbox, profiles, clock, inspection: policy = 'report' }: MountDeps,
  { principal: { tenant }, folder: path, signal, onItem }: MountRequest,
): Promise<Mount> {
  const folder = await getFolder(path);
  const problems = new Problems();
  const { items, lib } = await readItems(folder, problems);
  const deps: PrepareDeps = { sandbox, profile: chooseProfile(profiles, tenant), clock, tenant, signal, policy, lib };
  let done = 0;
  const prepared = await inParallel(items, AT_ONCE, async (item) => {
    const startedAt = clock.elapsed();
    const result = await prepare(deps, item, problems);
    const problem = 'problem' in result ? { problem: result.problem } : {};
    done += 1;
    onItem?.({ path: item.entry, ms: roundMs(clock.elapsed() - startedAt), done, total: items.length, ...problem });
    return result;
  });
  const mount: Mount = {
    tools: prepared.flatMap((result) => ('tool' in result ? [result.tool] : [])),
    prompts: prepared.flatMap((result) => ('prompt' in result ? [result.prompt] : [])),
    resources: prepared.flatMap((result) => ('resource' in result ? [result.resource] : [])),
    suspicious: [...inspectLib(lib, policy, problems), ...prepared.flatMap(suspiciousOf)],
  };
  // An item that was not made may be the one that another names.
  if (problems.length === 0) checkSiblings(mount, problems);
  problems.check(folder.name);
  return mount;
}

type PreparedItem = MadeItem | { readonly problem: MountProblem };

type MadeItem = { readonly path: string; readonly found: ToldFindings } & (
  | { readonly tool: VersionDraft }
  | { readonly prompt: Prepared<PromptManifest> }
  | { readonly resource: Prepared<ResourceManifest> }
);

/** What all sources share is read once: it is no item's own. */
function inspectLib(lib: Readonly<Record<string, string>>, policy: InspectionPolicy, problems: Problems) {
  const inspection = inspectTexts({ files: lib });
  try {
    checkFindings(inspection, policy);
  } catch (error) {
    problems.take('lib', error);
  }
  return suspiciousAt('lib', toldOf(inspection));
}

function suspiciousOf(item: PreparedItem): readonly SuspiciousItem[] {
  return 'found' in item ? suspiciousAt(item.path, item.found) : [];
}

function suspiciousAt(path: string, { findings, ...more }: ToldFindings): readonly SuspiciousItem[] {
  return findings === undefined ? [] : [{ path, findings, ...more }];
}

async function getFolder(path: string): Promise<TextFolder> {
  const folder = await TextFolder.find(path, MOUNT_FOLDER);
  if (folder !== undefined) return folder;
  const name = basename(path);
  throw hostError('MOUNT_INVALID', `there is no folder "${name}" to mount`, { folder: name });
}

/** @throws what is not the author's to mend */
async function prepare(deps: PrepareDeps, item: ItemFiles, problems: Problems): Promise<PreparedItem> {
  try {
    return await prepareNamed(deps, withName(item));
  } catch (error) {
    return { problem: problems.take(isAboutManifest(error) ? item.manifestFile : item.entry, error) };
  }
}

async function prepareNamed(deps: PrepareDeps, item: ItemFiles): Promise<MadeItem> {
  const { entry: path } = item;
  switch (item.topic) {
    case 'tools': {
      const { made: tool, found } = await prepareTool(deps, item);
      return { path, tool, found };
    }
    case 'prompts': {
      const manifest = checkPromptManifest(item.manifest);
      const { made: prompt, found } = await prepareItem(deps, item, manifest, promptSchemas(manifest));
      return { path, prompt, found };
    }
    case 'resources': {
      const manifest = checkResourceManifest(item.manifest);
      const { made: resource, found } = await prepareItem(deps, item, manifest, RESOURCE_SCHEMAS);
      return { path, resource, found };
    }
  }
}

/** An item is named like its files; its manifest may say so, too. @throws MANIFEST_INVALID */
function withName(item: ItemFiles): ItemFiles {
  const { manifest, name } = item;
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return item;
  const { name: written = name } = manifest as { readonly name?: unknown };
  if (written === name) return { ...item, manifest: { ...manifest, name } };
  const shown = JSON.stringify(written)?.slice(0, 100);
  throw hostError('MANIFEST_INVALID', `the name is ${shown}; name it "${name}", like its files`, { path: '/name' });
}

const OF_MANIFESTS =
  /^(?:MANIFEST_INVALID|TOOL_NAME_RESERVED|GRANT_UNSUPPORTED|LIMITS_|POLICY_DENIED|EXAMPLE_FAILED|SCHEMA_)/;

function isAboutManifest(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && OF_MANIFESTS.test(String(error.code));
}
