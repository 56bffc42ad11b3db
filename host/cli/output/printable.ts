// What may reach a terminal. Logs, messages and descriptions are strangers' texts: a terminal would obey the control
// sequences in them, and rewrite what stands above, show text backwards, or show nothing of what a model would read.
//
// SECURITY: every answer of a command passes through here; test/unit/host/cli/output/printable.test.ts holds it.

import { INVISIBLE } from '#host/base';

/** Whatever does not show; a colour sequence counts as one. */
const UNPRINTABLE = new RegExp(`\\p{Cc}\\[\\d{1,2}m|${INVISIBLE.source}`, 'gv');
/** What `Style` writes after its escape character: bold, dim, the plain colours, and the end of each. */
const STYLE = /^\[(?:[12]|22|3[1-79])m$/;
const ESCAPE = '\u001b';

/** A text with whatever does not show written out as `\uXXXX`, which JSON reads as the same; line breaks and tabs stay. */
export function printable(text: string, { colours }: { readonly colours: boolean }): string {
  return text.replace(UNPRINTABLE, (found) => {
    if (found === '\n' || found === '\t' || (colours && found.startsWith(ESCAPE) && STYLE.test(found.slice(1))))
      return found;
    const [character = ''] = found;
    return `${writtenOut(character)}${found.slice(character.length)}`;
  });
}

/** Beyond the first 65,536 characters there are two units to write. */
function writtenOut(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
