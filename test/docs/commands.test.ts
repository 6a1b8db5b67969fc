// Every command that a guide or the README tells its reader to type exists, with the options that stand there.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { Output } from '../../cli/output.ts';

const DOCUMENTS = ['README.md', 'docs/guides/deploy.md', 'docs/guides/on-call.md'];
const GLOBAL_OPTIONS = ['--json', '--verbose', '--help'];

let program: Command;
beforeAll(async () => {
  program = new Command('evenkeel');
  const silent = { isTty: false, hasColor: false, writeOut: () => undefined, writeErr: () => undefined };
  for (const { load } of commands) (await load())(program, () => new Output(silent, { json: false, verbose: false }));
});

interface Typed {
  readonly line: string;
  readonly words: readonly string[];
}

/** What follows `evenkeel` in code, up to where the shell takes over. */
function typedIn(document: string): Typed[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
  const code = [
    ...text.matchAll(/```sh\n(.*?)```/gs),
    ...text.matchAll(/`((?:npx )?evenkeel [^`]+)`/g),
    ...text.matchAll(/^ {4,}((?:npx )?evenkeel .+)$/gm),
  ];
  const lines = code.flatMap(([, block = '']) => block.split('\n'));
  return lines.flatMap((line) => {
    const match = /^(?:npx )?evenkeel (?!\(\))([^|<>;&]+)/.exec(line.trim().replaceAll('\\|', ','));
    return match?.[1] === undefined
      ? []
      : [
          {
            line,
            words: match[1]
              .trim()
              .replace(/'[^']*'/g, 'TEXT')
              .split(/\s+/),
          },
        ];
  });
}

/** The command that the words name, by its subcommand where it has any. */
function commandOf([name, second]: readonly string[]): Command | undefined {
  const found = program.commands.find((each) => each.name() === name);
  return found?.commands.find((each) => each.name() === second) ?? found;
}

describe.each(DOCUMENTS)('%s', (document) => {
  it('names only commands that there are, with options that they have', () => {
    const typed = typedIn(document);
    expect(typed.length).toBeGreaterThan(8);
    for (const { line, words } of typed) {
      const command = commandOf(words);
      expect(command, line).toBeDefined();
      const known = [...GLOBAL_OPTIONS, ...(command?.options ?? []).flatMap(({ long }) => long ?? [])];
      const options = words.flatMap((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1] ?? []);
      for (const option of options) expect(known, line).toContain(option);
    }
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
