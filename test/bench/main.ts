// `npm run bench`: prints a table of figures with their ratios to a floor measured in the same run, and writes them as JSON
// to the file given as the only argument. It judges nothing: these machines are shared.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Table from 'cli-table3';

import { parseConfig } from '#host/base';
import { openApp } from '../../host/app.ts';
import { benchCalling, makeSum } from './calling.ts';
import { benchMaking } from './making.ts';
import { ratioOf, type Measurement } from './measurement.ts';
import { benchStart } from './start.ts';

const measurements = [...(await benchApp()), ...(await benchStart())];
process.stdout.write(`${tableOf(measurements)}\n`);
const [, , file] = process.argv;
if (file !== undefined) writeFileSync(file, `${JSON.stringify(measurements, undefined, 2)}\n`);

async function benchApp(): Promise<readonly Measurement[]> {
  const home = mkdtempSync(join(tmpdir(), 'glovebox-bench-'));
  try {
    await using app = await openApp({ home, config: parseConfig({}, home) });
    await makeSum(app);
    return [...(await benchCalling(app)), ...(await benchMaking(app))];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function tableOf(rows: readonly Measurement[]): string {
  const table = new Table({ head: ['what', 'measured', 'beside it', 'ratio', 'aim'], style: { head: [] } });
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
