import { describe, expect, it } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { CommandFailure } from '../../cli/failure.ts';
import { Output, type Terminal } from '../../cli/output.ts';
import { failed } from '../../cli/run.ts';
import { evenkeel } from './spoken.ts';

/** A terminal that keeps what it is told. */
function terminalInto(written: string[]): Terminal {
  return { isTty: false, hasColor: false, writeOut: (text) => written.push(text), writeErr: (text) => written.push(text) };
}

describe('the command line', () => {
  it('suggests the command that was probably meant', async () => {
    const { code, out, err } = await evenkeel(['chek', 'a.yaml']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe("error: unknown command 'chek'\n(Did you mean check?)\nSee evenkeel --help\n");
  });

  it('suggests the option that was probably meant', async () => {
    const { code, err } = await evenkeel(['check', '--jsn', 'a.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean --json?');
  });

  it('says a missing argument', async () => {
    const { code, err } = await evenkeel(['check']);
    expect([code, err]).toEqual([2, "error: missing required argument 'files'\nSee evenkeel check --help\n"]);
    const judge = await evenkeel(['hypothesis', 'judge', 'claim.yaml', '--prices', 'prices']);
    expect(judge.err).toBe("error: required option '--by <name>' not specified\nSee evenkeel hypothesis judge --help\n");
  });

  it('shows its help on standard error where no command is given', async () => {
    const { code, out, err } = await evenkeel([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: evenkeel');
  });

  it.each([['--help'], ['help'], ['check --help']])('answers %s on standard output', async (line) => {
    const { code, out, err } = await evenkeel(line.split(' '));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Usage: evenkeel');
  });

  it.each(commands.map(({ name }) => name))('lists what all commands share in the help of %s', async (name) => {
    const { out } = await evenkeel([name, '--help']);
    expect(out).toMatch(/^Global Options:$/m);
    expect(out).toMatch(/^ {2}--json .*print exactly one JSON document$/m);
    expect(out).toMatch(/^ {2}--verbose .*say more, with stack traces$/m);
  });

  it('lists every command in its help', async () => {
    const { out } = await evenkeel(['--help']);
    expect(out).toMatch(/^ {2}check /m);
    expect(out).toMatch(/^ {2}schema /m);
  });

  it.each([
    [['--json'], 2, { error: { code: 'usage', message: 'a command is missing', problems: [] } }],
    [['--json', 'chek'], 2, { error: { code: 'usage', message: expect.stringContaining('Did you mean check?'), problems: [] } }],
    [['check', '--json', '--nwo', 'x'], 2, { error: { code: 'usage', message: expect.stringContaining('--now'), problems: [] } }],
    [['--version', '--json'], 0, { version: expect.stringMatching(/^\d+\.\d+\.\d+$/) }],
    [['--help', '--json'], 0, { help: expect.stringContaining('Usage: evenkeel') }],
  ])('answers %j with one JSON document', async (args, code, document) => {
    const spoken = await evenkeel(args);
    expect([spoken.code, spoken.err]).toEqual([code, '']);
    expect(JSON.parse(spoken.out)).toEqual(document);
  });

  it('reads no options after --', async () => {
    const { err } = await evenkeel(['check', '--', '--json']);
    expect(err).toContain('--json: no such file');
  });

  it('shows a stack trace only with --verbose', async () => {
    expect((await evenkeel(['check', 'nowhere.yaml'])).err).not.toMatch(/^ +at /m);
    expect((await evenkeel(['check', 'nowhere.yaml', '--verbose'])).err).toMatch(/^ +at /m);
  });

  it('has one result a command', () => {
    const output = new Output(terminalInto([]), { json: false, verbose: false });
    output.result({}, 'first');
    expect(() => output.result({}, 'second')).toThrow('a command has one result');
  });

  it.each([true, false])('says a failure that follows the result by its exit code, and to people also in words (json %s)', (json) => {
    const written: string[] = [];
    const output = new Output(terminalInto(written), { json, verbose: false });
    output.result({ done: false }, 'done, almost');
    expect(failed(new CommandFailure('unexplained', 'one is left', { exitCode: 1 }), output)).toBe(1);
    expect(written).toEqual(json ? ['{\n  "done": false\n}\n'] : ['done, almost\n', 'error: one is left\n']);
  });

  it('writes exact integers as text in JSON', () => {
    const written: string[] = [];
    const output = new Output(terminalInto(written), { json: true, verbose: false });
    output.result({ cash: 9_007_199_254_740_993n }, '');
    expect(JSON.parse(written.join(''))).toEqual({ cash: '9007199254740993' });
  });
});
