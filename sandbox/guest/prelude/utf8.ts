// How long a text is in UTF-8, without making the bytes.

/** Bytes of the text in UTF-8; a lone surrogate counts as the replacement character, three. */
export function utf8Bytes(text: string): number {
  if (!/[\u0080-\uffff]/.test(text)) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if ((text.codePointAt(i) ?? 0) > 0xffff) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

/** Whether the text is longer than that many bytes; counts only where its length leaves it open. */
export function exceedsBytes(text: string, maxBytes: number): boolean {
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && utf8Bytes(text) > maxBytes;
}

/** The longest part of the text that surely fits. */
export function cutToBytes(text: string, maxBytes: number): string {
  const safe = text.slice(0, maxBytes);
  return utf8Bytes(safe) <= maxBytes ? safe : safe.slice(0, maxBytes / 3).toWellFormed();
}
