// `npm run bench -- [GROUP …] [FILE.json]`: prints a table of figures with their ratios to a floor measured in the same run,
// names what misses its aim and where its time goes, and writes the figures to the file. All groups unless some are named.
// It judges nothing: these machines are shared.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Table from 'cli-table3';

import { parseConfig } from '#host/base';
import { openApp, type App } from '../../host/app.ts';
import { benchAttack } from './attack.ts';
import { benchCalling, makeSum } from './calling.ts';
import { benchCellStart } from './cell-start.ts';
import { benchLedger } from './ledger.ts';
import { benchMaking } from './making.ts';
import { benchMcp } from './mcp.ts';
import { describeMisses, ratioOf, type Measurement } from './measurement.ts';
import { benchProfiles } from './profiles.ts';
import { benchStart } from './start.ts';

const GROUPS: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  calling: () => inHome((home) => withApp(home, benchCalling)),
  making: () => inHome((home) => withApp(home, benchMaking)),
  mcp: () =>
    inHome(async (home) => {
      await withApp(home, makeSum);
      return benchMcp(home);
    }),
  start: benchStart,
  cell: benchCellStart,
  profiles: () =>
    inHome((home) =>
      withApp(home, (strict) =>
        inHome((other) => withApp(other, (fast) => benchProfiles(strict, fast), { GLOVEBOX_FAST_TENANTS: 'local' })),
      ),
    ),
  ledger: benchLedger,
  attack: benchAttack,
};

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.endsWith('.json'));
const unknown = named.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) throw new Error(`no group ${unknown.join(', ')}; there are: ${Object.keys(GROUPS).join(', ')}`);

const measurements: Measurement[] = [];
for (const [name, bench] of Object.entries(GROUPS)) {
  if (named.length === 0 || named.includes(name)) measurements.push(...(await bench()));
}
process.stdout.write(`${tableOf(measurements)}\n${describeMisses(measurements)}\n`);
for (const file of args.filter((arg) => arg.endsWith('.json'))) {
  writeFileSync(file, `${JSON.stringify(measurements, undefined, 2)}\n`);
}

async function inHome<T>(bench: (home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'glovebox-bench-'));
  try {
    return await bench(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function withApp<T>(
  home: string,
  use: (app: App) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T> {
  await using app = await openApp({ home, config: parseConfig(settings, home) });
  return await use(app);
}

function tableOf(rows: readonly Measurement[]): string {
  const table = new Table({ head: ['what', 'measured', 'beside it', 'ratio', 'aim'], style: { head: [], border: [] } });
  for (const row of rows) {
    const { name, unit, value, against, aim } = row;
    const ratio = ratioOf(row);
    table.push([
      name,
      `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`,
      against === undefined ? '' : `${against.name}: ${against.value.toFixed(2)} ${unit}`,
      ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
      aim === undefined ? '' : `≤ ${aim} ×`,
    ]);
  }
  return table.toString();
}
