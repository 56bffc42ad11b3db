// Changes in words.

import type { Change, VersionChange } from '#host/registry';

/** `input /currency now required` */
export function changeLine({ role, path, what }: Change): string {
  return [role, path, what].filter((part) => part !== '').join(' ');
}

/** `breaking: input /currency now required and 3 more` */
export function summarizeChange({ kind, changes, more = 0 }: VersionChange): string {
  const [first] = changes;
  if (first === undefined) return 'no change for callers';
  const others = changes.length - 1 + more;
  return `${kind}: ${changeLine(first)}${others === 0 ? '' : ` and ${others} more`}`;
}
