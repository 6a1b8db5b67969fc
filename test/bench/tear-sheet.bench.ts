// How much longer a backtest from the command line takes when it writes a tear sheet: what draws it is loaded anew, the backtest is
// lived through again at two other slippages, the file is written. 60/40 over twenty years, against the same without a report; and
// how much longer a validation with variants takes, whose sheet has every section but a verdict.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { Bench } from './bench.ts';
import { madeUpColumns } from './made-up-columns.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SESSIONS = sessionsBetween('2004-01-02', '2023-12-29').map(({ date }) => date);
const BYTES_MAX = 2_000_000;

export const bench: Bench = {
  name: 'tear sheet of twenty years',
  unit: 'ms',
  floor: 'the same backtest without a report',
  rounds: 5,
  limits: { subjectMax: 1_000 },
  async prepare() {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'));
    const report = join(folder, 'report.html');
    for (const [place, { closes }] of madeUpColumns(2, SESSIONS.length).entries()) {
      const rows = SESSIONS.map((date, day) => `${date},${(closes[day] ?? 1).toFixed(4)}`);
      writeFileSync(join(folder, `${place === 0 ? 'VTI' : 'BND'}.csv`), ['date,close', ...rows, ''].join('\n'));
    }
    const argsOf = (command: string): string[] => [
      join(root, 'bin/evenkeel'),
      command,
      join(root, 'portfolios/60-40.yaml'),
      ...['--prices', folder, '--benchmark', 'VTI', '--json'],
    ];
    const args = argsOf('backtest');
    const quick = ['--permutations', '1', '--samples', '100', '--vary', 'schedules.monthly.band.absolute=1%,2%,5%,8%'];
    const longerWithReport = async (asked: readonly string[]): Promise<number> => {
      const without = await processTime(asked);
      const taken = (await processTime([...asked, '--report', report])) - without;
      const { size } = statSync(report);
      if (size > BYTES_MAX) throw new RangeError(`the report has ${size} bytes, at most ${BYTES_MAX} are allowed`);
      return taken;
    };
    return {
      subjects: [
        { name: '60/40 beside VTI', measure: () => longerWithReport(args) },
        { name: 'the same, validated', measure: () => longerWithReport([...argsOf('validate'), ...quick]) },
      ],
      floor: () => processTime(args),
      dispose: async () => rmSync(folder, { recursive: true }),
    };
  },
};

/** Until it has ended. */
function processTime(args: readonly string[]): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(performance.now() - from) : reject(new Error(`${args.join(' ')} ended with ${code}`)),
    );
  });
}
