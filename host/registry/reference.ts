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
  return hostError('TOOL_NOT_FOUND', `there is no tool "${tool}"`, { tool });
}

/** VERSION_NOT_FOUND for a number a tool does not have. */
export function versionNotFound(tool: string, version: number | string): CodedError {
  return hostError('VERSION_NOT_FOUND', `tool "${tool}" has no version ${version}; list its versions first`, {
    tool,
    version,
  });
}

/** PROMPT_NOT_FOUND for a name nobody has. */
export function promptNotFound(prompt: string): CodedError {
  return hostError('PROMPT_NOT_FOUND', `there is no prompt "${prompt}"`, { prompt });
}

/** RESOURCE_NOT_FOUND for a URI nothing is served under. */
export function resourceNotFound(uri: string): CodedError {
  const shown = uri.slice(0, 200);
  return hostError('RESOURCE_NOT_FOUND', `there is no resource "${shown}"`, { uri: shown });
}
