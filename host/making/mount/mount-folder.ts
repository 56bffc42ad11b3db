// A folder of tools, prompts and resources becomes something a registry can serve.
//
// INVARIANT: all of it or nothing, and every problem at once. Nothing is written to the store.

import { basename } from 'node:path';

import { hostError, type Clock } from '#host/base';
import type { Mount, PromptManifest, ResourceManifest, VersionDraft } from '#host/registry';
import type { Sandbox } from '#sandbox';
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

/** Makes everything of a folder ready. @throws see {@link Maker.mount} */
export async function mountFolder(
  { sandbox, clock }: { readonly sandbox: Sandbox; readonly clock: Clock },
  { principal: { tenant }, folder: path, signal, onItem }: MountRequest,
): Promise<Mount> {
  const folder = await getFolder(path);
  const problems = new Problems();
  const { items, lib } = await readItems(folder, problems);
  const deps: PrepareDeps = { sandbox, clock, tenant, signal, lib };
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
  };
  // An item that was not made may be the one that another names.
  if (problems.length === 0) checkSiblings(mount, problems);
  problems.check(folder.name);
  return mount;
}

type PreparedItem =
  | { readonly tool: VersionDraft }
  | { readonly prompt: Prepared<PromptManifest> }
  | { readonly resource: Prepared<ResourceManifest> }
  | { readonly problem: MountProblem };

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

async function prepareNamed(deps: PrepareDeps, item: ItemFiles): Promise<PreparedItem> {
  switch (item.topic) {
    case 'tools':
      return { tool: await prepareTool(deps, item) };
    case 'prompts': {
      const manifest = checkPromptManifest(item.manifest);
      return { prompt: await prepareItem(deps, item, manifest, promptSchemas(manifest)) };
    }
    case 'resources': {
      const manifest = checkResourceManifest(item.manifest);
      return { resource: await prepareItem(deps, item, manifest, RESOURCE_SCHEMAS) };
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
