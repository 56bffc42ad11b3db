// Every helper of the template language, by name. docs/template-language.md has the same list.

import type { Helper } from './helpers/call.ts';
import { CONTAINER_HELPERS } from './helpers/containers.ts';
import { LOGIC_HELPERS } from './helpers/logic.ts';
import { NUMBER_HELPERS } from './helpers/numbers.ts';
import { TEXT_HELPERS } from './helpers/text.ts';

/** What a template can call. */
export const HELPERS: ReadonlyMap<string, Helper> = new Map(
  Object.entries({ ...TEXT_HELPERS, ...NUMBER_HELPERS, ...LOGIC_HELPERS, ...CONTAINER_HELPERS }),
);
