// The commands that rows of the readiness page name besides tests. Each ends with 0 when what it asks is so.
import { globSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface ReadinessCommand {
  readonly name: string;
  /** As it is typed. */
  readonly typed: string;
  /** What is started, by a name of node_modules/.bin and its arguments. */
  readonly program: string;
  readonly args: readonly string[];
}

export const COMMANDS: readonly ReadinessCommand[] = [
  { name: 'check', typed: 'npm run check', program: 'node', args: ['scripts/check.ts'] },
  { name: 'coverage', typed: 'npm run coverage', program: 'vitest', args: ['run', '--coverage'] },
  { name: 'synth', typed: 'npm run synth', program: 'cdk', args: ['synth', '--quiet'] },
  { name: 'bundles', typed: 'node scripts/bundle-handlers.ts', program: 'node', args: ['scripts/bundle-handlers.ts'] },
  { name: 'bench', typed: 'npm run bench', program: 'node', args: ['test/bench/run.ts'] },
  {
    name: 'simulate',
    typed: 'npm run simulate -- --seeds 400',
    program: 'node',
    args: ['test/simulation/simulate.ts', '--seeds', '400'],
  },
  {
    name: 'deployed',
    typed: 'npm run test:deploy',
    program: 'vitest',
    args: ['run', '--config', 'test/deploy/vitest.config.ts'],
  },
  {
    name: 'portfolios',
    typed: 'npx evenkeel check portfolios/*.yaml',
    program: 'node',
    args: ['cli/main.ts', 'check', ...globSync('portfolios/*.yaml', { cwd: ROOT }).sort()],
  },
];
