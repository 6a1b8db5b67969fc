import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cruise, cruise } from '../../scripts/import-law.ts';

interface Offence {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const PACKAGES = ['zod', 'yaml', 'fastify', 'cockatiel', '@aws-sdk/client-dynamodb', 'aws-cdk-lib', 'constructs', 'vitest', 'dynalite'];

// One forbidden import a row. `to` is a file of the tree, a package or a builtin.
const OFFENCES: readonly Offence[] = [
  { rule: 'core-values', from: 'shared/core/values/a.ts', to: 'shared/core/market/ok.ts' },
  { rule: 'core-market', from: 'shared/core/market/a.ts', to: 'zod' },
  { rule: 'core-portfolio', from: 'shared/core/portfolio/a.ts', to: 'node:fs' },
  { rule: 'core-strategy', from: 'shared/core/strategy/a.ts', to: 'shared/core/rebalance/ok.ts' },
  { rule: 'core-rebalance', from: 'shared/core/rebalance/a.ts', to: 'shared/core/risk/ok.ts' },
  { rule: 'core-risk', from: 'shared/core/risk/a.ts', to: 'shared/contracts/ok.ts' },
  { rule: 'core-execution', from: 'shared/core/execution/a.ts', to: 'node:crypto' },
  { rule: 'core-ledger', from: 'shared/core/ledger/a.ts', to: 'shared/ports/ok.ts' },
  { rule: 'core-stages-only', from: 'shared/core/a.ts', to: 'yaml' },
  { rule: 'contracts', from: 'shared/contracts/a.ts', to: 'node:fs' },
  { rule: 'contracts', from: 'shared/contracts/b.ts', to: 'shared/ports/ok.ts' },
  { rule: 'ports', from: 'shared/ports/a.ts', to: 'zod' },
  { rule: 'workflow', from: 'shared/workflow/a.ts', to: 'shared/adapters/aws/ok.ts' },
  { rule: 'workflow', from: 'shared/workflow/b.ts', to: 'node:fs' },
  { rule: 'adapters-alpaca', from: 'shared/adapters/alpaca/a.ts', to: 'shared/adapters/aws/ok.ts' },
  { rule: 'adapters-aws', from: 'shared/adapters/aws/a.ts', to: 'fastify' },
  { rule: 'adapters-simulated', from: 'shared/adapters/simulated/a.ts', to: 'exchange/http/ok.ts' },
  { rule: 'adapters-local', from: 'shared/adapters/local/a.ts', to: 'shared/adapters/simulated/ok.ts' },
  { rule: 'adapters-webhook', from: 'shared/adapters/webhook/a.ts', to: 'shared/adapters/aws/ok.ts' },
  { rule: 'adapters-solvers', from: 'shared/adapters/solvers/a.ts', to: 'shared/adapters/local/ok.ts' },
  { rule: 'adapters-named', from: 'shared/adapters/other/a.ts', to: 'shared/ports/ok.ts' },
  { rule: 'wiring', from: 'shared/wiring/a.ts', to: 'research/backtest/ok.ts' },
  { rule: 'shared-named', from: 'shared/misc/a.ts', to: 'shared/ports/ok.ts' },
  { rule: 'matching', from: 'exchange/matching/a.ts', to: 'exchange/http/ok.ts' },
  { rule: 'exchange', from: 'exchange/http/a.ts', to: 'shared/ports/ok.ts' },
  { rule: 'research', from: 'research/backtest/a.ts', to: 'shared/adapters/aws/ok.ts' },
  { rule: 'lambdas', from: 'lambdas/signal/a.ts', to: 'shared/adapters/aws/ok.ts' },
  { rule: 'lambdas', from: 'lambdas/signal/b.ts', to: 'research/sweep/ok.ts' },
  { rule: 'lambdas', from: 'lambdas/signal/c.ts', to: 'lambdas/sweep/ok.ts' },
  { rule: 'lambdas-sweep', from: 'lambdas/sweep/a.ts', to: 'research/backtest/ok.ts' },
  { rule: 'lambdas-sweep', from: 'lambdas/sweep/b.ts', to: 'shared/workflow/ok.ts' },
  { rule: 'lib', from: 'lib/a.ts', to: 'shared/wiring/ok.ts' },
  { rule: 'app', from: 'bin/a.ts', to: 'shared/workflow/ok.ts' },
  { rule: 'cli-without-lib', from: 'cli/a.ts', to: 'lib/ok.ts' },
  { rule: 'no-test-in-product', from: 'cli/b.ts', to: 'test/ok.ts' },
  { rule: 'no-dev-dependency-in-product', from: 'cli/c.ts', to: 'vitest' },
  { rule: 'no-unresolvable', from: 'cli/d.ts', to: 'cli/missing.ts' },
];

// One import of each kind the table allows.
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['shared/core/ledger/fine.ts', 'shared/core/values/ok.ts'],
  ['shared/contracts/fine.ts', 'zod'],
  ['shared/contracts/fine-hash.ts', 'node:crypto'],
  ['shared/ports/fine.ts', 'shared/contracts/ok.ts'],
  ['shared/workflow/fine.ts', 'shared/ports/ok.ts'],
  ['shared/adapters/alpaca/fine.ts', 'cockatiel'],
  ['shared/adapters/aws/fine.ts', '@aws-sdk/client-dynamodb'],
  ['shared/adapters/local/fine.ts', 'dynalite'],
  ['shared/adapters/simulated/fine.ts', 'exchange/matching/ok.ts'],
  ['shared/wiring/fine.ts', 'exchange/http/ok.ts'],
  ['exchange/http/fine.ts', 'fastify'],
  ['lambdas/signal/fine.ts', 'shared/wiring/ok.ts'],
  ['lambdas/sweep/fine.ts', 'research/sweep/ok.ts'],
  ['lib/fine.ts', 'aws-cdk-lib'],
  ['bin/fine.ts', 'lib/ok.ts'],
  ['cli/fine.ts', 'research/backtest/ok.ts'],
];

describe('the import law', () => {
  const root = mkdtempSync(join(tmpdir(), 'import-law-'));
  let seen: Cruise;

  beforeAll(() => {
    growTree(root);
    seen = cruise(root);
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(OFFENCES)('$rule refuses $from → $to', ({ rule, from }) => {
    expect(seen.breaches.filter((breach) => breach.from === from).map((breach) => breach.rule)).toContain(rule);
  });

  it.each(ALLOWED)('allows %s → %s', (from) => {
    expect(seen.breaches.filter((breach) => breach.from === from)).toEqual([]);
  });

  it('refuses a circle', () => {
    expect(seen.breaches.some((breach) => breach.rule === 'no-circular' && breach.from === 'cli/circle-a.ts')).toBe(true);
  });

  it('sees imports of types as well as of values', () => {
    const rules = seen.breaches.filter((breach) => breach.from === 'shared/core/values/typed.ts').map((breach) => breach.rule);
    expect(rules).toContain('core-values');
  });

  it('has an offence on file for each of its rules', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
    const covered = new Set([...OFFENCES.map((offence) => offence.rule), 'no-circular']);
    expect(forbidden.map((rule) => rule.name).filter((name) => !covered.has(name))).toEqual([]);
  });

  it('reads every file it is given', () => {
    for (const { from } of OFFENCES) expect(seen.files).toContain(from);
  });
});

function growTree(root: string): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const importOf = (from: string, to: string) => {
    const upwards = '../'.repeat(from.split('/').length - 1);
    return to.endsWith('.ts') ? `${upwards}${to}` : to;
  };
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'export const it = 1;\n');
  }
  const dependencies = Object.fromEntries(PACKAGES.filter((name) => name !== 'vitest').map((name) => [name, '1.0.0']));
  write('package.json', JSON.stringify({ name: 'tree', type: 'module', dependencies, devDependencies: { vitest: '1.0.0' } }));
  for (const [from, to] of [...OFFENCES.map((offence) => [offence.from, offence.to] as const), ...ALLOWED]) {
    write(from, `import { it } from '${importOf(from, to)}';\nexport const mine = it;\n`);
    if (to.endsWith('/ok.ts')) write(to, 'export const it = 1;\n');
  }
  write('shared/core/values/typed.ts', "import type { it } from '../market/ok.ts';\nexport type Mine = typeof it;\n");
  write('cli/circle-a.ts', "import { b } from './circle-b.ts';\nexport const a = () => b;\n");
  write('cli/circle-b.ts', "import { a } from './circle-a.ts';\nexport const b = () => a;\n");
}
