// The one place where texts that cross between a guest and its host are made fit to be read: bounded, without what does
// not show, and towards the guest without paths of this machine.

import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { visibleText } from '../visible-text.ts';

/** A text out of a guest. */
export function scrubText(text: string, maxLength: number): string {
  return clip(visibleText(clip(text, maxLength)), maxLength);
}

/**
 * A text of the host's for a guest. Its own messages name no paths; this is for those that quote another's.
 *
 * Not for texts out of a guest: it knows no path, what it says of files is its author's, and a replay on another machine
 * must find the same text. Who has taken a cell over can spell what he likes.
 */
export function scrubForGuest(text: string, maxLength: number): string {
  return scrubText(text.replace(HOST_PATH, '<path>'), maxLength);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

const HOST_PATH = pathsBelow([
  fileURLToPath(new URL('../..', import.meta.url)),
  dirname(process.execPath),
  process.cwd(),
  homedir(),
]);

/** What matches such a folder, with or without `file://`, and what follows up to a space, quote or bracket. */
function pathsBelow(folders: readonly string[]): RegExp {
  const roots = folders.map((folder) => folder.replace(/[/\\]+$/, '')).filter((folder) => folder !== '');
  return new RegExp(`(?:file://)?(?:${roots.map(RegExp.escape).join('|')})(?![\\w.-])[^\\s'"\`)\\]]*`, 'g');
}
