// What a document tells its reader to type, held against the program that there is.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { Output } from '../../cli/output.ts';

const GLOBAL_OPTIONS = ['--json', '--verbose', '--help'];

export interface Typed {
  readonly line: string;
  /** Without `evenkeel`; what is quoted is one word. */
  readonly words: readonly string[];
}

/** The program with all of its commands. */
export async function wholeProgram(): Promise<Command> {
  const program = new Command('evenkeel');
  const silent = { isTty: false, hasColor: false, writeOut: () => undefined, writeErr: () => undefined };
  for (const { load } of commands) (await load())(program, () => new Output(silent, { json: false, verbose: false }));
  return program;
}

/** What follows `evenkeel` in code, up to where the shell takes over. */
export function typedIn(document: string): Typed[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
  const code = [
    ...text.matchAll(/```sh\n(.*?)```/gs),
    ...text.matchAll(/`((?:npx )?evenkeel [^`]+)`/g),
    ...text.matchAll(/^ {4,}((?:npx )?evenkeel .+)$/gm),
  ];
  return code.flatMap(([, block = '']) => block.split('\n')).flatMap((line) => typedOn(line) ?? []);
}

/** undefined where the line is of another program. */
export function typedOn(line: string): Typed | undefined {
  const match = /^(?:npx )?evenkeel (?!\(\))([^|<>;&]+)/.exec(line.trim().replaceAll('\\|', ','));
  if (match?.[1] === undefined) return undefined;
  const words = match[1]
    .trim()
    .replace(/'[^']*'|"[^"]*"/g, 'TEXT')
    .split(/\s+/);
  return { line, words };
}

/** Fails unless there is such a command, and it has these options. */
export function expectKnown({ line, words }: Typed, program: Command): void {
  const command = commandOf(words, program);
  expect(command, line).toBeDefined();
  const known = [...GLOBAL_OPTIONS, ...(command?.options ?? []).flatMap(({ long }) => long ?? [])];
  const options = words.flatMap((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1] ?? []);
  for (const option of options) expect(known, line).toContain(option);
}

/** Fails unless it can be typed as it stands: every argument is there, none too many, every option has its value. */
export function expectWhole(typed: Typed, program: Command): void {
  expectKnown(typed, program);
  const command = commandOf(typed.words, program);
  if (command === undefined) return;
  const depth = command.parent === program ? 1 : 2;
  const given: string[] = [];
  const rest = typed.words.slice(depth);
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('--')) given.push(word);
    else if (command.options.find(({ long }) => long === word)?.required === true) {
      at += 1;
      expect(rest[at], `${typed.line}: ${word} wants a value`).toMatch(/^[^-]/);
    }
  }
  const wanted = command.registeredArguments;
  expect(given.length, `${typed.line}: arguments`).toBeGreaterThanOrEqual(wanted.filter(({ required }) => required).length);
  if (!wanted.some(({ variadic }) => variadic)) expect(given.length, `${typed.line}: arguments`).toBeLessThanOrEqual(wanted.length);
}

/** The command that the words name, by its subcommand where it has any. */
function commandOf([name, second]: readonly string[], program: Command): Command | undefined {
  const found = program.commands.find((each) => each.name() === name);
  return found?.commands.find((each) => each.name() === second) ?? found;
}
