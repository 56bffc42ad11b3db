// Texts of a stranger's as people, terminals and models may be shown them.

/**
 * Control characters but tab and line feed; marks that turn the reading direction; characters that do not show, among
 * them the tags that spell hidden words; line separators; halves of surrogate pairs. The two joiners stay (U+200C, U+200D):
 * Persian, Hindi and most emoji are spelled with them.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- these very characters are looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f|\p{Cs}/gu;

/** The text with what does not show written out, as in `\u{202e}`. A text that has been through it stays as it is. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, writeOut);
}

function writeOut(hidden: string): string {
  return `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`;
}
