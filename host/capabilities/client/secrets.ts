// A person is never asked for a secret in a tool's name: what is typed into a form goes through the client, its model and
// the tool.
//
// SECURITY: a list of words, so a hurdle and no wall: a tool can paraphrase. Its name stands before every question, which
// test/unit/host/capabilities/client/ask.test.ts holds.

import { askInvalid, shown } from './arguments.ts';

const SECRETS: readonly RegExp[] = [
  /\b(pass(word|wort|phrase|code|key|wd)s?|pwd)\b/,
  /\b(kennwort|contraseña|mot de passe|senha|wachtwoord|hasło)/,
  // Where \b knows no letters.
  /парол|密码|密碼|パスワード|비밀번호/,
  /\b(secret|credential)s?\b/,
  /\b(api|access|private|secret|signing|encryption|recovery|ssh|license) ?keys?\b/,
  /\b(access|auth|api|bearer|refresh|session|security|id) ?tokens?\b/,
  /\b(seed|recovery|mnemonic) ?phrases?\b/,
  /\b(card|account) ?(number|no(?! [a-z]))\b/,
  /\b(cvv|cvc|cvn|csc)2?\b/,
  /\bpins?\b/,
  /\b(otp|totp|one time (code|password)|verification code|2fa|mfa)\b/,
  /\b(ssn|social security)\b/,
];

/** @throws ASK_INVALID when a text of a question names a secret */
export function refuseSecrets(text: string, where: string): void {
  const words = wordsOf(text);
  const found = SECRETS.map((pattern) => pattern.exec(words)?.[0]).find((match) => match !== undefined);
  if (found === undefined) return;
  throw askInvalid(`${where} names ${shown(found)}, and secrets are not asked for; have the operator configure them`);
}

/** Lower case, `camelCase` and `snake_case` as words, without what looks like a letter or like nothing. */
function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[\s_.-]+/gu, ' ');
}
