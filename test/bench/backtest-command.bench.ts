// How long `evenkeel backtest` takes from the start of its process to the last byte of its --json: 60/40 over twenty years of daily
// prices, files and all. Against a process that starts and ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { Bench } from './bench.ts';
import { madeUpColumns } from './made-up-columns.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SESSIONS = sessionsBetween('2004-01-02', '2023-12-29').map(({ date }) => date);

export const bench: Bench = {
  name: 'backtest from the command line',
  unit: 'ms',
  floor: 'a process that does nothing',
  rounds: 11,
  // 300 ms are wanted. A machine of two cores with nothing else to do needs about 250, of which an empty Node is 26; 250 to 350 were
  // seen beside four programs at work, 420 beside ten. This holds beside ten.
  limits: { subjectMax: 450 },
  async prepare() {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'));
    for (const [place, { closes }] of madeUpColumns(2, SESSIONS.length).entries()) {
      const rows = SESSIONS.map((date, day) => `${date},${(closes[day] ?? 1).toFixed(4)},${((closes[day] ?? 1) * 0.9).toFixed(6)}`);
      writeFileSync(join(folder, `${place === 0 ? 'VTI' : 'BND'}.csv`), ['date,close,adj_close', ...rows, ''].join('\n'));
    }
    const args = [join(root, 'bin/evenkeel'), 'backtest', join(root, 'portfolios/60-40.yaml'), '--prices', folder, '--json'];
    return {
      subjects: [{ name: '60/40', measure: () => processTime(args) }],
      floor: () => processTime(['-e', '0']),
      dispose: async () => rmSync(folder, { recursive: true }),
    };
  },
};

/** Until the last byte of what it prints. */
function processTime(args: readonly string[]): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let until = from;
    child.stdout.on('data', () => {
      until = performance.now();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(until === from ? performance.now() - from : until - from);
      else reject(new Error(`${args.join(' ')} ended with ${code}`));
    });
  });
}
