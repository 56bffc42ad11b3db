// What the items of one folder say of each other.

import { matchUri, parseUriTemplate, type Mount } from '#host/registry';
import type { Grants } from '#sandbox';
import type { Problems } from './problems.ts';

/** Finds resources that share a URI, and grants over items the folder does not hold. */
export function checkSiblings(mount: Mount, problems: Problems): void {
  checkUris(mount, problems);
  const items = itemsOf(mount);
  const names = new Set(items.map(({ name }) => name));
  const templates = mount.resources.map(({ manifest }) => parseUriTemplate(manifest.uri));
  const isServed = (uri: string): boolean => templates.some((template) => matchUri(template, uri) !== undefined);
  for (const { path, grants } of items) {
    const refuse = (message: string) => problems.add({ path, code: 'MANIFEST_INVALID', message });
    const name = grants['listing.change']?.find((wanted) => !names.has(wanted));
    if (name !== undefined) refuse(`listing.change names "${name}", which this folder does not hold`);
    const uri = grants['resource.notify']?.find((wanted) => !isServed(wanted));
    if (uri !== undefined) refuse(`resource.notify has the URI "${uri}", which no resource of this folder has`);
  }
}

function checkUris({ resources }: Mount, problems: Problems): void {
  const paths = new Map<string, string>();
  for (const { name, manifest } of resources) {
    const path = `resources/${name}.json`;
    const other = paths.get(manifest.uri);
    if (other === undefined) paths.set(manifest.uri, path);
    else problems.add({ path, code: 'MANIFEST_INVALID', message: `has the uri of ${other}` });
  }
}

/** An item, as far as it speaks of others. */
interface Item {
  readonly name: string;
  /** Of its manifest. */
  readonly path: string;
  readonly grants: Grants;
}

function itemsOf(mount: Mount): readonly Item[] {
  return (['tools', 'prompts', 'resources'] as const).flatMap((topic) =>
    mount[topic].map(({ manifest: { name, grants } }) => ({ name, path: `${topic}/${name}.json`, grants })),
  );
}
