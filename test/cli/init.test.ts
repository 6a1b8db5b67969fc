// evenkeel init: whatever is answered, a whole valid file or none.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineAnswers, usualAnswers } from '../../cli/init/answers.ts';
import { type InitOptions, init } from '../../cli/init/init.ts';
import { portfolioDraft } from '../../cli/init/portfolio-draft.ts';
import { PRESETS, SCHEDULES, type ScheduleName } from '../../cli/init/presets.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { heard } from './heard.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function said(options: InitOptions, typed?: string, json = false) {
  return heard((output) => {
    const answers = typed === undefined ? usualAnswers : lineAnswers(Readable.from([typed]), (text) => output.note(text));
    return init(options, output, answers, folder);
  }, json);
}

describe('evenkeel init', () => {
  it.each(PRESETS.flatMap(({ name }) => (Object.keys(SCHEDULES) as ScheduleName[]).map((schedule) => [name, schedule] as const)))(
    'writes a valid file of %s, looked at %s',
    (name, schedule) => {
      const preset = PRESETS.find((each) => each.name === name);
      if (preset === undefined) throw new Error(name);
      expect(preset.weights.reduce((sum, [, percent]) => sum + percent, 0)).toBe(100);
      const text = portfolioDraft({ name, preset, account: name, mode: 'live', number: '123456789', schedule, email: 'you@example.com' });
      expect(parsePortfolioFile(text, `${name}.yaml`)).toMatchObject({
        kind: 'portfolio',
        policy: { name, schedules: [{ name: schedule }], account: { mode: 'live' } },
      });
    },
  );

  it('asks nothing with --yes, and says what comes next', async () => {
    const { out, failure } = await said({ yes: true });
    expect(failure).toBeUndefined();
    expect(out).toContain(`Written to ${join(folder, 'sixty-forty.yaml')}`);
    expect(out).toContain('npx evenkeel deploy, then npx evenkeel secrets set sixty-forty');
    expect(readFileSync(join(folder, 'sixty-forty.yaml'), 'utf8')).toContain('VTI: 60% # all US shares');
  });

  it('takes answers line by line, an empty one as the usual, and asks again after a bad one', async () => {
    const { err, failure } = await said({}, 'no-such\nall-weather\nBad Name\nmine\n\n\nweekly\n\n');
    expect(failure).toBeUndefined();
    expect(err).toContain('"no-such" is none of them');
    expect(err).toContain('small letters, digits and dashes');
    const text = readFileSync(join(folder, 'mine.yaml'), 'utf8');
    expect(text).toContain('portfolio: mine');
    expect(text).toContain('name: mine #');
    expect(text).toContain('every: week');
    expect(text).toContain('DBC: 7.5%');
  });

  it('leaves nothing behind when it is stopped in the middle', async () => {
    const { failure } = await said({}, 'all-weather\nmine\n');
    expect(failure).toMatchObject({ code: 'declined', exitCode: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never replaces a file', async () => {
    writeFileSync(join(folder, 'mine.yaml'), 'precious');
    const { failure } = await said({ yes: true, name: 'mine' });
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2, message: expect.stringContaining('exists, and is not replaced') });
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('precious');
    expect(readdirSync(folder)).toEqual(['mine.yaml']);
  });

  it('prints one document with --json', async () => {
    const { out, err } = await said({ yes: true, name: 'mine', preset: 'golden-butterfly' }, undefined, true);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      file: join(folder, 'mine.yaml'),
      next: 'npx evenkeel deploy, then npx evenkeel secrets set mine',
    });
  });

  it.each<[string, InitOptions]>([
    ['a preset that there is not', { preset: 'get-rich' }],
    ['a mode that there is not', { mode: 'play' }],
    ['a schedule that there is not', { schedule: 'hourly' }],
    ['a name that cannot be one', { name: '../mine' }],
    ['an account that cannot be one', { account: 'My Account' }],
    ['an address that is none', { email: 'you' }],
    ['live without a number', { mode: 'live' }],
    ['an account that the program needs itself', { account: 'audit-key' }],
  ])('refuses %s', async (_, options) => {
    const { failure } = await said({ yes: true, ...options });
    expect(failure).toMatchObject({ exitCode: 2 });
    expect(readdirSync(folder)).toEqual([]);
  });
});
