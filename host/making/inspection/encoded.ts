// Whether a text is data in disguise: base64, or digits by the dozen.

const HEX = /^(?:0x)?[0-9A-Fa-f]+$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const DATA_URL = /^data:[\w.+/-]{0,80};base64,/;

/** Whether all of a text is encoded data. A word of one kind of letters is none, however long. */
export function isEncoded(text: string): boolean {
  const data = text.replace(DATA_URL, '');
  if (HEX.test(data)) return /[0-9]/.test(data) && /[A-Fa-f]/.test(data);
  return BASE64.test(data) && /[a-z]/.test(data) && /[A-Z]/.test(data) && /[0-9]/.test(data);
}
