// A seccomp program, written as what is allowed: one rule per system call, a rule as clauses that must all hold.

/** A test of 32 bits of a system call's arguments. */
export interface Test {
  /** 0 to 5. */
  readonly arg: number;
  /** Arguments have 64 bits; what the kernel reads as an `int` is all in the low half. @default 'low' */
  readonly half?: 'low' | 'high';
  readonly is: 'equal' | 'atLeast' | 'anyBitOf';
  readonly value: number;
  /** @default false */
  readonly not?: boolean;
}

/** Holds when one of its tests does. */
export type Clause = readonly Test[];

/** A system call that is allowed when all its clauses hold; without clauses, always. */
export interface Rule {
  readonly number: number;
  readonly clauses: readonly Clause[];
}

/** What a program is made of. */
export interface Program {
  /** AUDIT_ARCH of the only architecture it lets pass. */
  readonly auditArch: number;
  readonly rules: readonly Rule[];
  /** Numbers from here on, without a rule, get ENOSYS: C libraries then fall back to older calls. */
  readonly unknownFrom: number;
}

/** One instruction: code, jump if true, jump if false, operand. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

const LOAD = 0x20;
const RETURN = 0x06;
const JUMP = { equal: 0x15, atLeast: 0x35, anyBitOf: 0x45 } as const;
const ALLOW = 0x7fff_0000;
const KILL_PROCESS = 0x8000_0000;
const EPERM = 0x0005_0001;
const ENOSYS = 0x0005_0026;
// Offsets in struct seccomp_data.
const NUMBER = 0;
const ARCH = 4;
const ARGS = 16;
// The x32 calls of x64 are counted from here.
const X32 = 0x4000_0000;

/** The program as the kernel takes it: an array of `struct sock_filter`. */
export function assemble({ auditArch, rules, unknownFrom }: Program): Buffer {
  return encode([
    [LOAD, 0, 0, ARCH],
    [JUMP.equal, 1, 0, auditArch],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD, 0, 0, NUMBER],
    [JUMP.atLeast, 0, 1, X32],
    [RETURN, 0, 0, KILL_PROCESS],
    ...rules.flatMap(ruleBlock),
    [JUMP.atLeast, 0, 1, unknownFrom],
    [RETURN, 0, 0, ENOSYS],
    [RETURN, 0, 0, EPERM],
  ]);
}

/** Skipped by every other call; otherwise never left but by a verdict. */
function ruleBlock({ number, clauses }: Rule): Instruction[] {
  const body: Instruction[] = [];
  // From the back: only then is it known how far away the refusal is.
  for (const clause of clauses.toReversed()) body.unshift(...clauseBlock(clause, body.length + 1));
  if (clauses.length === 0) body.push([RETURN, 0, 0, ALLOW]);
  else body.push([RETURN, 0, 0, ALLOW], [RETURN, 0, 0, EPERM]);
  return [[JUMP.equal, 0, body.length, number], ...body];
}

/** Falls through when a test holds, else jumps over what follows: `toRefusal` instructions. */
function clauseBlock(clause: Clause, toRefusal: number): Instruction[] {
  return clause.flatMap(({ arg, half, is, value, not }, index): Instruction[] => {
    const left = clause.length - 1 - index;
    const holds = left * 2;
    const fails = left === 0 ? toRefusal : 0;
    const word = ARGS + arg * 8 + (half === 'high' ? 4 : 0);
    return [[LOAD, 0, 0, word], not === true ? [JUMP[is], fails, holds, value] : [JUMP[is], holds, fails, value]];
  });
}

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, ifTrue, ifFalse, operand]] of program.entries()) {
    const at = index * 8;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(ifTrue, at + 2);
    bytes.writeUInt8(ifFalse, at + 3);
    bytes.writeUInt32LE(operand, at + 4);
  }
  return bytes;
}
