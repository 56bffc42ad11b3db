// What each template of a set gets of the context they share.

import { hostError } from '#host/base';
import type { JsonSchema } from '#sandbox';

/** A tool of a set, once its template is known. */
export interface ContextTaker {
  readonly context?: unknown;
  /** The template's context schema. */
  readonly schema: JsonSchema;
}

/**
 * The contexts to fill each template with: the shared keys it takes, and over them its own.
 *
 * @throws REQUEST_INVALID when the shared context is no object, or has a key that nobody takes: a misspelled one must not
 * pass for one that was given
 */
export function shareContext(shared: unknown, takers: readonly ContextTaker[]): readonly unknown[] {
  if (!isObject(shared))
    throw hostError('REQUEST_INVALID', 'the shared context must be an object', { path: '/context' });
  const keys = Object.keys(shared);
  const taken = takers.map(({ schema }) => keys.filter((key) => takes(schema, key)));
  const left = keys.find((key) => !taken.some((names) => names.includes(key)));
  if (left !== undefined) {
    const message = `no template of the set takes ${JSON.stringify(left.slice(0, 100))} of the shared context; correct or remove it`;
    throw hostError('REQUEST_INVALID', message, { path: `/context/${left.slice(0, 100)}` });
  }
  return takers.map(({ context = {} }, index) => {
    // What is no object is the template's to refuse.
    if (!isObject(context)) return context;
    const own = Object.entries(context);
    return Object.fromEntries([...(taken[index] ?? []).map((key) => [key, shared[key]] as const), ...own]);
  });
}

/** Whether a schema names a property; one that names none at all and is open takes any. */
function takes({ properties, additionalProperties }: JsonSchema, key: string): boolean {
  return isObject(properties) ? Object.hasOwn(properties, key) : additionalProperties !== false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
