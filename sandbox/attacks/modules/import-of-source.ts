// The newest forms of import: of a module’s source, and deferred.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a module as source',
  make: {
    source: `import source x from './x.wasm';
export default { run: () => ({ x }) };`,
    files: { 'x.json': '{}' },
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: { source: "import x from './x.json';\nexport default { run: () => ({ x }) };", files: { 'x.json': '{}' } },
  },
} satisfies Attack;
