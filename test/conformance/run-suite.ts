// Runs the official suite's own command against a server, and reads what it wrote down of each check.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** One check of one scenario. */
export interface Check {
  readonly scenario: string;
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  /** What is wrong, where something is. */
  readonly message: string;
}

/** What a run of the suite came to. */
export interface SuiteRun {
  readonly exitCode: number | null;
  /** How many scenarios it said it would run. */
  readonly announced: number;
  readonly scenarios: readonly string[];
  readonly checks: readonly Check[];
}

const COMMAND = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));

/** Runs it: `selection` says which scenarios, in the command's own words. Killed when `signal` fires. */
export async function runSuite(url: string, selection: readonly string[], signal: AbortSignal): Promise<SuiteRun> {
  const folder = mkdtempSync(join(tmpdir(), 'glovebox-conformance-'));
  try {
    const args = [COMMAND, 'server', '--url', url, ...selection, '--output-dir', folder];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      signal,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [stdout, [exitCode]] = await Promise.all([
      text(child.stdout),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    const announced = Number(/\((\d+) scenarios\)/.exec(stdout)?.[1] ?? 0);
    return { exitCode, announced, ...readResults(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each scenario has a folder, named for it and for when it ran. */
function readResults(folder: string): Pick<SuiteRun, 'scenarios' | 'checks'> {
  const names = readdirSync(folder).sort();
  const scenarioOf = (name: string): string => name.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
  return {
    scenarios: names.map(scenarioOf),
    checks: names.flatMap((name) => readChecks(scenarioOf(name), join(folder, name, 'checks.json'))),
  };
}

function readChecks(scenario: string, file: string): readonly Check[] {
  if (!existsSync(file)) return [{ scenario, id: scenario, status: 'FAILURE', message: 'it did not end' }];
  const checks = JSON.parse(readFileSync(file, 'utf8')) as readonly (Check & { readonly errorMessage?: string })[];
  return checks.map(({ id, status, errorMessage }) => ({ scenario, id, status, message: errorMessage ?? '' }));
}
