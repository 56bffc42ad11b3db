// A surface as text: a line for each name, `path kind`, and lines of comment. Or the document that `--json` prints.

import { createSchemaChecker, NAME_KINDS, type NameKind, type Surface } from '#sandbox';
import { hostError } from '#host/base';

/** The lines of a surface, what it was read from above them. */
export function formatSurface(surface: Surface, engine: string): string {
  return [`# ${engine}`, ...[...surface].map(([path, kind]) => `${path} ${kind}`)].join('\n');
}

/**
 * Reads either form back.
 *
 * @param option what it was given as, for messages: `--diff`
 * @throws REQUEST_INVALID when it is neither, or names nothing
 */
export function parseSurface(text: string, option: string): Surface {
  const surface = text.trimStart().startsWith('{') ? parseDocument(text, option) : parseLines(text, option);
  if (surface.size === 0) throw hostError('REQUEST_INVALID', `${option}: the file names nothing`, { option });
  return surface;
}

const checkDocument = createSchemaChecker({
  type: 'object',
  required: ['names'],
  properties: { names: { type: 'object', additionalProperties: { enum: NAME_KINDS } } },
});

function parseDocument(text: string, option: string): Surface {
  const document = parseJson(text);
  const verdict = checkDocument(document);
  if (verdict.ok) return new Map(Object.entries((document as { readonly names: Record<string, NameKind> }).names));
  const [first] = verdict.errors;
  const problem = `${first?.path ?? ''} ${first?.message ?? ''}`.trim();
  throw hostError('REQUEST_INVALID', `${option}: the file is not what surface --json prints: ${problem}`, { option });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const LINE = new RegExp(`^(\\S.*) (${NAME_KINDS.join('|')})$`);

function parseLines(text: string, option: string): Surface {
  const surface = new Map<string, NameKind>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, path, kind] = LINE.exec(line) ?? [];
    if (path === undefined) {
      const message = `${option}: line ${index + 1} is not a name and its kind (${NAME_KINDS.join(', ')})`;
      throw hostError('REQUEST_INVALID', message, { option, line: index + 1 });
    }
    surface.set(path, kind as NameKind);
  }
  return surface;
}
