/**
 * The remainder ISO 7064 MOD 97-10 checks: letters count as 10 to 35, and the digits are one long number.
 *
 * Taken in digit by digit, since that number has up to 68 digits.
 */
export function mod97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}
