// Says whether a report is what was signed, by whom, and what it covers.

import type { CommandContext } from '../command.ts';
import { readTextFile } from '../input/read-json.ts';
import { formatReport } from './format-report.ts';
import { openSealedReport } from './sealed-report.ts';

/**
 * Prints what the signature of a file covers and returns the exit code: 0 for every genuine report, whatever it says.
 *
 * @throws ATTEST_INVALID when the report is not what was signed, or not by that key
 * @throws FILE_UNREADABLE
 */
export async function verifyReport(
  { output, surroundings }: CommandContext,
  file: string,
  publicKey: string | undefined,
): Promise<number> {
  const sealed = openSealedReport(await readTextFile(file, '--verify', surroundings), publicKey);
  const signer = publicKey === undefined ? 'named by the report itself' : 'the one that was given';
  output.result({ genuine: true, keyGiven: publicKey !== undefined, ...sealed }, () =>
    [
      formatReport(sealed, output),
      `${output.style('green', 'Genuine')}: all of the above is what was signed. The key is ${signer}.`,
    ].join('\n'),
  );
  return 0;
}
