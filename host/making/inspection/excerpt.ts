// The text around a finding, fit to be shown to anybody.

import { INVISIBLE } from '#host/base';

const MAX_LENGTH = 80;
/** So much of what stands before the place is shown with it. */
const LEAD = 16;
/** These show as a blank, or not, and mean something only beside others: in an excerpt they are written out, too. */
const ALSO_WRITTEN_OUT = /[\p{Join_Control}\p{Variation_Selector}\p{Co}]/u;

/** At most 80 characters around `index`, from the same line; whatever does not show is written out as `\u{…}`. */
export function excerptAt(text: string, index: number): string {
  const lead = text.slice(Math.max(0, index - LEAD), index);
  const shown = visible(lead.slice(lead.lastIndexOf('\n') + 1).trimStart(), MAX_LENGTH / 2);
  const rest = text.slice(index, index + MAX_LENGTH);
  const end = rest.indexOf('\n', 1);
  return shown + visible(end === -1 ? rest : rest.slice(0, end), MAX_LENGTH - shown.length);
}

/** The start of a text, written out, within `room` characters. */
export function visible(text: string, room: number): string {
  let shown = '';
  for (const character of text) {
    const next = isShown(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    if (shown.length + next.length > room) return shown;
    shown += next;
  }
  return shown;
}

function isShown(character: string): boolean {
  return !INVISIBLE.test(character) && !ALSO_WRITTEN_OUT.test(character);
}
