// The texts of an attack: what the maker is given, and what a person would write to files to do the same by hand.

import { ATTACK_LIMITS, attackToolOf, TEMPLATE_FILES, type Making, type NamedAttack } from '#sandbox';
import { isDeeperThan } from '#host/base';

/** What is made, and what it is called where its manifest does not say. */
export interface NamedMaking extends Making {
  readonly name: string;
  readonly aim: string;
}

/** How deep the engine writes JSON without trouble. */
const DEEPEST = 1000;

/** The name of an attack's tool, where its manifest does not say. */
export function nameOf({ group, name }: Pick<NamedAttack, 'group' | 'name'>): string {
  return `${group}_${name}`.replaceAll('-', '_');
}

/** The manifest of a tool: what it says over what all have. */
export function manifestOf({ name, aim, manifest = {} }: Omit<NamedMaking, 'make'>): Readonly<Record<string, unknown>> {
  const { limits = {}, ...given }: Readonly<Record<string, unknown>> = manifest;
  return {
    name,
    description: aim,
    inputSchema: { type: 'object' },
    ...given,
    limits: isRecord(limits) ? { ...defaultsBeside(limits), ...limits } : limits,
  };
}

/** The files of a tool by their paths: `tool.ts` and `tool.json` for `create`, or those of `generate`. */
export function filesOf(making: NamedMaking): Readonly<Record<string, string>> {
  const { make } = making;
  if ('template' in make) {
    const files = Object.entries({ ...TEMPLATE_FILES, ...make.template });
    return {
      ...Object.fromEntries(files.map(([path, text]) => [`template/${path}`, text])),
      ...jsonFile('context.json', make.context),
    };
  }
  const manifest = jsonFile('tool.json', manifestOf(making));
  if ('body' in make) return { ...manifest, 'tool.ts': attackToolOf(make) };
  return { ...manifest, ...make.files, 'tool.ts': make.source };
}

/** A file with a value; none for one that nests so deep that nobody can write it down. */
export function jsonFile(path: string, value: unknown): Readonly<Record<string, string>> {
  return isDeeperThan(value, DEEPEST) ? {} : { [path]: JSON.stringify(value, undefined, 2) };
}

/** The limits an attack says nothing of, under neither of their names. */
function defaultsBeside(limits: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const { cpuMs, wallMs } = ATTACK_LIMITS;
  return { ...('max_cpu' in limits ? {} : { cpuMs }), ...('timeout' in limits ? {} : { wallMs }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
