// Annotations are what a client believes without looking; grants are what a tool can do.

import type { Annotations, Grants } from '#sandbox';
import type { Subject, Suspicions } from './suspicions.ts';

/** Grants that change something, or somebody's mind, outside of the run. */
const WRITES: readonly (keyof Grants)[] = ['kv.write', 'tool.call', 'listing.change'];
/** Grants that reach beyond the host. */
const OPENS: readonly (keyof Grants)[] = ['net.fetch'];

/** Hints that say something is not done, and the grants to do it. */
const HINTS = [
  { hint: 'readOnlyHint', says: true, against: WRITES },
  { hint: 'openWorldHint', says: false, against: OPENS },
] as const;

/** Compares what a manifest says of its tool with what it asks for. */
export function inspectAnnotations(
  { annotations, grants }: { readonly annotations?: object; readonly grants: Grants },
  suspicions: Suspicions,
): void {
  // Those of a resource have none of the hints.
  const hints: Annotations | undefined = annotations;
  for (const { hint, says, against } of HINTS) {
    const held = against.filter((grant) => grants[grant] !== undefined);
    if (hints?.[hint] !== says || held.length === 0) continue;
    const subject: Subject = { text: `${hint}: ${says}`, placeOf: () => ({ path: `/annotations/${hint}` }) };
    suspicions.add('annotation-contradicted', subject, 0, `the tool is granted ${held.join(', ')}`);
  }
}
