// The examination: each part is looked at for real, and one that fails does not keep the others from being looked at.

import type { CommandContext } from '../command.ts';
import { examineJail } from './examine-jail.ts';
import { examineMachine } from './examine-machine.ts';
import { examineProfiles } from './examine-profiles.ts';
import { examineStore } from './examine-store.ts';
import { failedFinding, type Examined } from './finding.ts';

/** Looks at everything. */
export async function examine(context: CommandContext): Promise<Examined> {
  const findings = [...examineMachine(), examineProfiles(context.config)];
  try {
    await using app = await context.openApp();
    findings.push(await examineStore(app, context));
    const jail = await examineJail(app.sandbox, context);
    return { findings: [...findings, ...jail.findings], walls: jail.walls };
  } catch (error) {
    return { findings: [...findings, failedFinding('host', error)], walls: [] };
  }
}
