// Says where a fault lies that has no position of its own: in one of a template's files, or in a part of the request.

import { CodedError, isCodedError } from '#sandbox';

/** One of a template's files, which failures name as `data.file`. */
export type TemplateFile = 'template.json' | 'tool.json.hbs';
/** What a caller gives, which failures name as `data.part`. */
export type RequestPart = 'manifest' | 'constraints';

/** The same failure, which names the place where it named none. */
export function blame(place: TemplateFile | RequestPart, error: unknown): unknown {
  if (!isCodedError(error) || error.data?.['file'] !== undefined || error.data?.['part'] !== undefined) return error;
  const { code, kind, fault, message } = error;
  const isPart = place === 'manifest' || place === 'constraints';
  const data = { ...error.data, ...(isPart ? { part: place } : { file: place }) };
  return new CodedError({ code, kind, fault, message: `${place}: ${message}`, data }, { cause: error });
}

/** Does a check of what stands there. @throws what the check throws, naming the place */
export function checkIn<T>(place: TemplateFile | RequestPart, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw blame(place, error);
  }
}
