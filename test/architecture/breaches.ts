// The fixture trees: one small file per forbidden thing. A rule that has no line here was never seen to fail.

import type { Violation } from './violation.ts';

/** One forbidden thing: where it stands, what it says, what must be reported. */
export interface Breach {
  readonly title: string;
  readonly file: string;
  readonly text: string;
  readonly rule: Violation['rule'];
}

/** Each forbidden thing once, in every form it can take. */
export const BREACHES: readonly Breach[] = [
  // Upward, in every form an import can take
  {
    title: 'an import from above',
    file: 'host/base/a.ts',
    text: "import { open } from '#host/store';",
    rule: 'upward',
  },
  {
    title: 'a type-only import from above',
    file: 'host/base/a.ts',
    text: "import type { A } from '#host/store';",
    rule: 'upward',
  },
  {
    title: 'an inline type import from above',
    file: 'host/base/a.ts',
    text: "import { type A } from '#host/store';",
    rule: 'upward',
  },
  {
    title: 'a namespace import from above',
    file: 'host/base/a.ts',
    text: "import * as a from '#host/store';",
    rule: 'upward',
  },
  { title: 'a side-effect import from above', file: 'host/base/a.ts', text: "import '#host/store';", rule: 'upward' },
  {
    title: 'a re-export from above',
    file: 'host/base/a.ts',
    text: "export { open } from '#host/store';",
    rule: 'upward',
  },
  {
    title: 'a type re-export from above',
    file: 'host/base/a.ts',
    text: "export type { A } from '#host/store';",
    rule: 'upward',
  },
  {
    title: 'a star re-export from above',
    file: 'host/base/a.ts',
    text: "export * from '#host/store';",
    rule: 'upward',
  },
  {
    title: 'a dynamic import from above',
    file: 'host/base/a.ts',
    text: "export const a = await import('#host/store');",
    rule: 'upward',
  },
  {
    title: 'a template-quoted dynamic import',
    file: 'host/base/a.ts',
    text: 'export const a = await import(`#host/store`);',
    rule: 'upward',
  },
  {
    title: 'an import() type from above',
    file: 'host/base/a.ts',
    text: "export type A = import('#host/store').A;",
    rule: 'upward',
  },
  {
    title: 'a typeof import() from above',
    file: 'host/base/a.ts',
    text: "export type A = typeof import('#host/store');",
    rule: 'upward',
  },
  {
    title: 'an import = from above',
    file: 'host/base/a.ts',
    text: "import a = require('#host/store');",
    rule: 'upward',
  },
  {
    title: 'a require from above',
    file: 'host/base/a.ts',
    text: "export const a = require('#host/store');",
    rule: 'upward',
  },
  {
    title: 'the jail importing the host',
    file: 'sandbox/a.ts',
    text: "import { hostError } from '#host/base';",
    rule: 'upward',
  },
  {
    title: 'a door importing the command',
    file: 'host/doors/mcp/a.ts',
    text: "import type { A } from '#host/cli';",
    rule: 'upward',
  },
  {
    title: 'a layer importing the app',
    file: 'host/calling/a.ts',
    text: "import type { App } from '../app.ts';",
    rule: 'upward',
  },
  // Sideways, past faces, out of the tree
  { title: 'a peer', file: 'host/making/a.ts', text: "import type { Caller } from '#host/calling';", rule: 'sideways' },
  { title: 'a peer of three', file: 'host/traffic/a.ts', text: "import { a } from '#host/ledger';", rule: 'sideways' },
  {
    title: 'one door importing another',
    file: 'host/doors/http/a.ts',
    text: "import { a } from '#host/doors/mcp';",
    rule: 'sideways',
  },
  {
    title: 'a path past a face',
    file: 'host/making/a.ts',
    text: "import { a } from '#host/registry/internal';",
    rule: 'past-face',
  },
  {
    title: 'a relative path across folders',
    file: 'host/making/a.ts',
    text: "import { a } from '../registry/publish.ts';",
    rule: 'past-face',
  },
  {
    title: 'a relative type import across folders',
    file: 'host/making/a.ts',
    text: "import type { A } from '../base/index.ts';",
    rule: 'past-face',
  },
  {
    title: 'a relative path into the jail',
    file: 'host/making/a.ts',
    text: "import { a } from '../../sandbox/errors.ts';",
    rule: 'past-face',
  },
  { title: 'its own face', file: 'host/making/a.ts', text: "import { a } from '#host/making';", rule: 'own-face' },
  { title: 'a face of no layer', file: 'host/making/a.ts', text: "import { a } from '#host/utils';", rule: 'unplaced' },
  {
    title: 'a relative path out of the layers',
    file: 'host/making/a.ts',
    text: "import { a } from '../../test/a.ts';",
    rule: 'unplaced',
  },
  { title: 'a folder of no layer', file: 'host/utils/a.ts', text: 'export const a = 1;', rule: 'unplaced' },
  {
    title: 'a computed import',
    file: 'host/making/a.ts',
    text: 'export const a = async (b: string) => import(b);',
    rule: 'computed',
  },
  {
    title: 'a computed require',
    file: 'host/making/a.ts',
    text: "export const a = require('a' + 'b');",
    rule: 'computed',
  },
  {
    title: 'two files in a ring',
    file: 'host/making/a.ts',
    text: "import type { A } from './a.ts'; export type B = A;",
    rule: 'cycle',
  },
  // Rings of the jail
  {
    title: 'a cell importing a lane',
    file: 'sandbox/cell/a.ts',
    text: "import { a } from '../lane/a.ts';",
    rule: 'ring',
  },
  {
    title: 'a cell importing the workshop',
    file: 'sandbox/cell/a.ts',
    text: "import type { A } from '../workshop/a.ts';",
    rule: 'ring',
  },
  {
    title: 'the workshop importing the host side',
    file: 'sandbox/workshop/a.ts',
    text: "import { a } from '../sandbox.ts';",
    rule: 'ring',
  },
  {
    title: 'a guest importing a cell',
    file: 'sandbox/guest/a.ts',
    text: "import { a } from '../cell/a.ts';",
    rule: 'ring',
  },
  {
    title: 'the host side importing a cell',
    file: 'sandbox/a.ts',
    text: "import { a } from './cell/a.ts';",
    rule: 'ring',
  },
  {
    title: 'the host side importing a guest',
    file: 'sandbox/a.ts',
    text: "import type { A } from './guest/a.ts';",
    rule: 'ring',
  },
  {
    title: 'a shared file importing a ring',
    file: 'sandbox/wire.ts',
    text: "import type { A } from './lane/a.ts';",
    rule: 'ring',
  },
  // Libraries
  {
    title: 'the isolate outside the jail',
    file: 'host/calling/a.ts',
    text: "import ivm from 'isolated-vm';",
    rule: 'library',
  },
  {
    title: 'the isolate on the host side of the jail',
    file: 'sandbox/lane/a.ts',
    text: "import type ivm from 'isolated-vm';",
    rule: 'library',
  },
  {
    title: 'a library deep path',
    file: 'host/making/a.ts',
    text: "import a from 'handlebars/runtime.js';",
    rule: 'library',
  },
  {
    title: 'the store library elsewhere',
    file: 'host/registry/a.ts',
    text: "import type { Kysely } from 'kysely';",
    rule: 'library',
  },
  { title: 'the web framework elsewhere', file: 'host/app.ts', text: "import Koa from 'koa';", rule: 'library' },
  {
    title: 'the MCP client in the product',
    file: 'host/doors/mcp/a.ts',
    text: "import { Client } from '@modelcontextprotocol/client';",
    rule: 'library',
  },
  { title: 'a library nobody owns', file: 'host/base/a.ts', text: "import a from 'left-pad';", rule: 'library' },
  // Authority
  {
    title: 'disk without the right',
    file: 'host/registry/a.ts',
    text: "import { readFile } from 'node:fs/promises';",
    rule: 'builtin',
  },
  {
    title: 'processes without the right',
    file: 'host/calling/a.ts',
    text: "import { spawn } from 'node:child_process';",
    rule: 'builtin',
  },
  {
    title: 'network without the right',
    file: 'host/making/a.ts',
    text: "import { connect } from 'node:net';",
    rule: 'builtin',
  },
  {
    title: 'threads without the right',
    file: 'host/making/a.ts',
    text: "import { Worker } from 'node:worker_threads';",
    rule: 'builtin',
  },
  { title: 'node:vm for anybody', file: 'sandbox/cell/a.ts', text: "import vm from 'node:vm';", rule: 'builtin' },
  {
    title: 'a builtin without its prefix',
    file: 'host/base/a.ts',
    text: "import { createHash } from 'crypto';",
    rule: 'builtin',
  },
  { title: 'the environment', file: 'host/base/a.ts', text: 'export const a = process.env;', rule: 'ambient' },
  {
    title: 'the environment by bracket',
    file: 'host/base/a.ts',
    text: "export const a = process['env'];",
    rule: 'ambient',
  },
  { title: 'the clock', file: 'host/calling/a.ts', text: 'export const a = Date.now();', rule: 'ambient' },
  {
    title: 'the clock by constructor',
    file: 'host/calling/a.ts',
    text: 'export const a = new Date();',
    rule: 'ambient',
  },
  { title: 'leaving the process', file: 'host/calling/a.ts', text: 'process.exit(1);', rule: 'ambient' },
  { title: 'a network call', file: 'host/making/a.ts', text: "await fetch('http://localhost');", rule: 'ambient' },
  // Faces, files, content
  { title: 'export * in a face', file: 'host/making/index.ts', text: "export * from './types.ts';", rule: 'face' },
  {
    title: 'export type * in a face',
    file: 'host/making/index.ts',
    text: "export type * from './types.ts';",
    rule: 'face',
  },
  { title: 'code in a face', file: 'host/making/index.ts', text: 'export const a = 1;', rule: 'face' },
  { title: 'a default export', file: 'host/making/a.ts', text: 'export default 1;', rule: 'face' },
  {
    title: 'a re-exported default',
    file: 'host/making/index.ts',
    text: "export { a as default } from './a.ts';",
    rule: 'face',
  },
  { title: 'a long file', file: 'host/making/a.ts', text: '//\n'.repeat(401), rule: 'length' },
  {
    title: 'product code that knows its examiner',
    file: 'host/doors/mcp/a.ts',
    text: "export const a = 'test_simple_text';",
    rule: 'examiner',
  },
  {
    title: 'product code that imports content',
    file: 'host/making/a.ts',
    text: "import a from '../../templates/a/data.ts';",
    rule: 'content',
  },
  {
    title: 'a template that reaches into the jail',
    file: 'templates/a/tool.ts.hbs',
    text: "import { a } from '../../sandbox/errors.ts';",
    rule: 'content',
  },
  {
    title: 'a plugin that reaches into the host',
    file: 'plugins/a/tool.ts',
    text: "import { a } from '#host/base';",
    rule: 'content',
  },
];

/** What looks forbidden and is not. */
export const LAWFUL: readonly Pick<Breach, 'title' | 'file' | 'text'>[] = [
  { title: 'a face below', file: 'host/making/a.ts', text: "import type { Registry } from '#host/registry';" },
  { title: 'a file of the same folder', file: 'host/making/steps/a.ts', text: "import { b } from '../b.ts';" },
  { title: 'the command importing the app', file: 'host/cli/a.ts', text: "import { openApp } from '../app.ts';" },
  { title: 'a lane importing the wire', file: 'sandbox/lane/a.ts', text: "import { a } from '../wire.ts';" },
  { title: 'an import in a comment', file: 'host/base/a.ts', text: "// import { a } from '#host/cli';" },
  {
    title: 'an import in a string',
    file: 'host/base/a.ts',
    text: 'export const a = "import { a } from \'#host/cli\'";',
  },
  { title: 'a face of named re-exports', file: 'host/making/index.ts', text: "export { a, type B } from './a.ts';" },
  { title: 'a file of exactly the limit', file: 'host/making/a.ts', text: '//\n'.repeat(400) },
];
