// Every command that a guide or the README tells its reader to type exists, with the options that stand there.
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { expectKnown, typedIn, wholeProgram } from './typed-commands.ts';

const DOCUMENTS = [
  'README.md',
  'docs/guides/deploy.md',
  'docs/guides/research.md',
  'docs/guides/on-call.md',
  'docs/guides/troubleshooting.md',
  'docs/runbook.md',
];

let program: Command;
beforeAll(async () => {
  program = await wholeProgram();
});

describe.each(DOCUMENTS)('%s', (document) => {
  it('names only commands that there are, with options that they have', () => {
    const typed = typedIn(document);
    expect(typed.length).toBeGreaterThan(8);
    for (const each of typed) expectKnown(each, program);
  });
});

describe('the README', () => {
  it('has every command in its table', () => {
    const named = new Set(typedIn('README.md').map(({ words }) => words[0]));
    // Told of elsewhere in the table: what is planned is not.
    const missing = commands.map(({ name }) => name).filter((name) => !named.has(name));
    expect(missing).toEqual([]);
  });
});
