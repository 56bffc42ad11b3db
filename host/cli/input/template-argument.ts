// A template on the command line: a name, or a folder's path.

import { isAbsolute, join } from 'node:path';
import type { TemplateReference } from '#host/making';

/** A folder for what is a path; what is no path is a name and stays as it is. */
export function templateArgument(argument: string, workingDirectory: string): TemplateReference {
  if (isAbsolute(argument)) return { folder: argument };
  return /[/\\]|^\.{1,2}$/.test(argument) ? { folder: join(workingDirectory, argument) } : argument;
}
