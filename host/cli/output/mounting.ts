// What a person sees of a folder being mounted, and of what is wrong with it.

import type { MountedItem, MountProblem } from '#host/making';
import { formatMs } from './format.ts';
import type { Style } from './style.ts';

/** One item on one line, as it is done. */
export function formatMountedItem({ path, ms, done, total, problem }: MountedItem, style: Style): string {
  const mark = problem === undefined ? style('green', '✔') : style('red', '✖');
  const place = `${String(done).padStart(String(total).length)}/${total}`;
  return `  ${mark} ${style('dim', `${place} ${formatMs(ms).padStart(8)}`)}  ${path}`;
}

/** Every problem of a folder: its place on one line, what is wrong on the next. Undefined for data that tells of none. */
export function formatMountProblems(data: Readonly<Record<string, unknown>>, style: Style): string | undefined {
  const { items, problems } = data;
  if (!Array.isArray(items) || typeof problems !== 'number') return undefined;
  const told = (items as readonly MountProblem[]).flatMap(({ path, code, message }) => [
    `  ${style('bold', path)} ${style('red', code)}`,
    `    ${message}`,
  ]);
  const rest = problems - items.length;
  return [...told, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join('\n');
}
