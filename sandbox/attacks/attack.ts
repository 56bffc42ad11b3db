// What an attack is: plain data, one file each, so that the list of files is the list of threats.

import type { FindingKind } from '../finding.ts';
import type { Json } from '../manifest.ts';
import type { Template, ToolBody, ToolSource } from './attack-tool.ts';

/** One attack: what is tried, how far it must get, and how it must end there. */
export type Attack = MakingAttack | ReportedAttack | CallingAttack | DoorAttack;

/** Where an attack must get. */
export type Stage = MakingStage | CallingStage | 'door';

/** A step of making, by its name in the making report. An attack that ends here publishes nothing. */
export type MakingStage = 'find' | 'check' | 'render' | 'compile' | 'inspect' | 'probe' | 'publish';

/** A step of calling what was published: `load` is the evaluation of the tool's top level. */
export type CallingStage = 'input' | 'load' | 'run' | 'output';

/** What is made. */
export interface Making {
  readonly make: ToolBody | ToolSource | Template;
  /**
   * Over the default manifest of an attack: its name, its aim as description, an input schema that takes any object, and
   * `ATTACK_LIMITS`, over which its own limits go one by one. A template has a manifest of its own.
   */
  readonly manifest?: { readonly [key: string]: Json };
}

/** What every attack says. */
interface AttackBase extends Making {
  /** What a stranger does; completes "a stranger who …". */
  readonly aim: string;
  /** Made and called first, in this order, by the same tenant: what the attack looks for the leftovers of. @default none */
  readonly before?: readonly EarlierTool[];
}

/** A tool that must be published before the attack's own is made. */
export interface EarlierTool extends Making {
  /** It is called with each, one after another; how the calls end is not looked at. @default none */
  readonly inputs?: readonly Json[];
}

/** An attack that is refused while its tool is made. */
export interface MakingAttack extends AttackBase {
  readonly reaches: MakingStage;
  readonly ends: Refusal;
  readonly control: Control;
}

/** An attack that is published, and shown for what it is: the static inspection reports it. */
export interface ReportedAttack extends AttackBase {
  readonly reaches: 'inspect';
  /** Kinds that are among the findings of its making, and not among those of its control's. */
  readonly ends: { readonly reported: readonly FindingKind[] };
  readonly control: Control;
}

/**
 * The attack with its sting taken out, which must be published: else the attack was refused for another reason. What it
 * leaves out is as in the attack.
 */
export type Control = Partial<Making>;

/** An attack that is published and called. */
export interface CallingAttack extends AttackBase {
  readonly reaches: CallingStage;
  /** What the tool is called with. @default {} */
  readonly input?: Json;
  /** Several calls in the place of the one. @default one */
  readonly calls?: readonly AttackCall[];
  /** Whether the calls are made at once, or one after another. @default false */
  readonly together?: boolean;
  /** What the client answers every question with, so that the call goes on. @default there is no client to ask */
  readonly answer?: Json;
  readonly ends: CallEnd;
}

/** One call of several. */
export interface AttackCall {
  /** @default the attack's */
  readonly input?: Json;
  /** @default the attack's */
  readonly ends?: CallEnd;
  /** The caller hangs up this long after it called. @default never */
  readonly hangsUpAfterMs?: number;
}

/** An attack on whoever is at the other side of the MCP door: it is published, and a client sees no more than it may. */
export interface DoorAttack extends AttackBase {
  readonly reaches: 'door';
  /** What a client asks over Streamable HTTP, one after another, when the tool is published. */
  readonly exchange: readonly DoorRequest[];
}

/** One JSON-RPC request and what its answer must be. In all texts `{tool}` stands for the name of the attack's tool. */
export interface DoorRequest {
  readonly method: string;
  readonly params?: { readonly [key: string]: Json };
  /** What must be in the response: `{ result: … }` or `{ error: { code: … } }`. @see Part */
  readonly answer: Part;
  /** Texts that are nowhere in the response. @default none */
  readonly lacks?: readonly string[];
}

/**
 * What must be in a value: an object may have more keys, a list must have a match for each item, in any order; everything
 * else is equal.
 */
export type Part = Json;

/** A refusal with one of these codes, or a run that gains nothing. */
export type CallEnd = CodedEnd | OutputEnd;

/** A refusal with one of these codes. */
export interface CodedEnd {
  readonly codes: readonly string[];
}

/** A refusal that says where the fault is. */
export interface Refusal extends CodedEnd {
  /** What must be in the failure's data: `{ file: 'tool.ts', line: 3 }`, `{ errors: [{ path: '/limits' }] }`. @default {} */
  readonly at?: { readonly [key: string]: Part };
}

/** A run whose output is known beforehand. */
export interface OutputEnd {
  readonly output: Json;
}

/** The end of a run that found nothing to take. */
export const NO_LOOT: OutputEnd = { output: { loot: [] } };

/** The endings of a run that wants more memory than it has: in its isolate, or with its process. */
export const OUT_OF_MEMORY: CodedEnd = { codes: ['LIMIT_HEAP', 'RUN_CRASHED'] };

/** The endings of a run that never ends by itself. */
export const OUT_OF_TIME: CodedEnd = { codes: ['LIMIT_CPU', 'LIMIT_WALL'] };

/** JSON as text can say it and literals cannot: keys named `__proto__`, a hundred thousand levels. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}
