// Runs writer.ts as a process of its own: killed in the middle with SIGKILL, or left to end by itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** The texts whose storing was acknowledged before the kill, at least `countMin` of them. */
export async function writeUntilKilled(folder: string, countMin: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === countMin) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.signalCode !== 'SIGKILL') throw new Error(`the writer ended by itself with ${child.exitCode}`);
  return acknowledged;
}

/** Lets the writer finish and close; nothing but its own empty event loop ends it. */
export async function writeAndClose(folder: string, count: number): Promise<{ exitCode: number | null; writes: number }> {
  const child = spawn(process.execPath, [writer, folder, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let writes = 0;
  for await (const _line of createInterface({ input: child.stdout })) writes += 1;
  if (child.exitCode === null) await once(child, 'exit');
  return { exitCode: child.exitCode, writes };
}
