// How callers name tools and versions, and what they are told when there is no such thing.

import { hostError } from '#host/base';
import type { CodedError } from '#sandbox';

/** A parsed `name` or `name@2`. */
export interface Reference {
  readonly tool: string;
  /** Absent: the live one. */
  readonly version?: number;
}

/** @throws VERSION_NOT_FOUND when what follows the `@` is no version number */
export function parseReference(reference: string): Reference {
  const at = reference.indexOf('@');
  if (at === -1) return { tool: reference };
  const tool = reference.slice(0, at);
  const digits = reference.slice(at + 1);
  if (!/^[1-9]\d{0,8}$/.test(digits)) throw versionNotFound(tool, digits);
  return { tool, version: Number(digits) };
}

/** TOOL_NOT_FOUND for a name nobody has. */
export function toolNotFound(tool: string): CodedError {
  const shown = cut(tool);
  return hostError('TOOL_NOT_FOUND', `there is no tool "${shown}"`, { tool: shown });
}

/** VERSION_NOT_FOUND for a number a tool does not have. */
export function versionNotFound(tool: string, version: number | string): CodedError {
  const [name, shown] = [cut(tool), typeof version === 'string' ? cut(version) : version];
  return hostError('VERSION_NOT_FOUND', `tool "${name}" has no version ${shown}; list its versions first`, {
    tool: name,
    version: shown,
  });
}

/** PROMPT_NOT_FOUND for a name nobody has. */
export function promptNotFound(prompt: string): CodedError {
  const shown = cut(prompt);
  return hostError('PROMPT_NOT_FOUND', `there is no prompt "${shown}"`, { prompt: shown });
}

/** RESOURCE_NOT_FOUND for a URI nothing is served under. */
export function resourceNotFound(uri: string): CodedError {
  const shown = cut(uri);
  return hostError('RESOURCE_NOT_FOUND', `there is no resource "${shown}"`, { uri: shown });
}

/** A client may have sent megabytes: an answer quotes no more than anyone reads. */
function cut(given: string): string {
  return given.slice(0, 200);
}
