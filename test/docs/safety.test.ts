// docs/safety.md against the simulation: every law, fault and defect that it names exists, and none that exists is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../simulation/defects.ts';
import { FAULT_KINDS } from '../simulation/fault-kinds.ts';
import { SEEDS_PER_DEFECT } from '../simulation/search-defects.ts';
import { SEEDS_FOR_COVERAGE } from '../simulation/tally.ts';

const SAFETY = readFileSync(new URL('../../docs/safety.md', import.meta.url), 'utf8');
const SIMULATION = new URL('../simulation/', import.meta.url);

function section(heading: string): string {
  const text = SAFETY.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0];
  if (text === undefined) throw new Error(`docs/safety.md has no section ${heading}`);
  return text;
}

function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Functions and methods that hold something against a law, or see what is to be held against one. */
function lawsInCode(): string[] {
  const sources = readdirSync(SIMULATION).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const declared = /^(?:export )?(?:async )?function (broken[A-Z]\w*)\(|^ {2}#?(broken[A-Z]\w*|see[A-Z]\w*)\([^\n]*\): [^\n]* \{$/gm;
  return sources.flatMap((file) =>
    [...readFileSync(new URL(file, SIMULATION), 'utf8').matchAll(declared)].map(([, law, method]) => law ?? method ?? ''),
  );
}

describe('docs/safety.md', () => {
  it('names every law of the simulation, and no other', () => {
    const named = codeIn(section('The promises')).filter((word) => /^(?:broken|see)[A-Z]/.test(word));
    expect([...new Set(named)].sort()).toEqual([...new Set(lawsInCode())].sort());
    expect(named.length).toBeGreaterThan(20);
  });

  it('has a law for each promise', () => {
    const rows = section('The promises')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| promise'));
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) expect(codeIn(row), row).not.toEqual([]);
  });

  it('names every kind of fault, and no other', () => {
    const cells = section('What was tried')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(codeIn(cells.join('\n')).sort()).toEqual([...FAULT_KINDS].sort());
  });

  it('lists every planted defect, in their order', () => {
    const listed = section('Planted defects')
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .map((line) => line.slice(2));
    expect(listed).toEqual(DEFECTS.map(({ name }) => name));
  });

  it('gives the numbers of the code', () => {
    expect(section('Planted defects')).toContain(`found within ${SEEDS_PER_DEFECT.toLocaleString('en')} seeds`);
    expect(section('What was tried')).toContain(`in a run of ${SEEDS_FOR_COVERAGE.toLocaleString('en')} seeds or more`);
  });

  it('backs what it says of other systems with a link', () => {
    const rows = section('Beside other systems')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| |'));
    for (const row of rows) {
      const others = row.split(/(?<!\\)\|/).slice(3, -1);
      for (const cell of others.filter((each) => each.trim() !== '')) expect(cell, row).toMatch(/\]\(https:\/\//);
    }
  });
});
