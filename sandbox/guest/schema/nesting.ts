// Measures how deeply JSON text is nested without parsing it, so that a hostile text costs one pass and no stack.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** Whether brackets in `text` are ever open more than `depth` deep. Says nothing about texts that are not JSON. */
export function isNestedDeeperThan(text: string, depth: number): boolean {
  let open = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (quoted) {
      if (unit === BACKSLASH) index++;
      else if (unit === QUOTE) quoted = false;
    } else if (unit === QUOTE) quoted = true;
    else if (OPEN.has(unit)) {
      if (++open > depth) return true;
    } else if (CLOSE.has(unit)) open--;
  }
  return false;
}
