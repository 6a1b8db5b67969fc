// The runbook has a heading for whatever can ring, with all that its reader needs at night, and none for what cannot.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { alarms } from '../../shared/contracts/alarms.ts';
import type { AlertCard } from '../../shared/contracts/alert-card.ts';
import { alerts } from '../../shared/contracts/alerts.ts';
import { expectWhole, typedIn, typedOn, wholeProgram } from './typed-commands.ts';

const RUNBOOK = 'docs/runbook.md';
const TEXT = readFileSync(new URL(`../../${RUNBOOK}`, import.meta.url), 'utf8');
const PARTS = ['Means', 'See', 'Do', 'Do not', 'Sure when'];
const GENERAL = [
  'First',
  'Stop everything',
  'Call the watchdog',
  'Alarms',
  'Alerts',
  'Rotate the keys',
  'Keys have leaked',
  'A release is bad',
  'Restore drill',
  'Leaving',
  'Incident template',
];

const cards = (kind: Readonly<Record<string, AlertCard>>): [string, AlertCard][] => Object.entries(kind);

/** By heading, what stands below it. */
function headingsUnder(part: string): Map<string, string> {
  const text = TEXT.split(`\n## ${part}\n`)[1]?.split(/\n## /)[0] ?? '';
  return new Map(
    text
      .split(/\n### /)
      .slice(1)
      .map((section): [string, string] => {
        const end = section.indexOf('\n');
        return [section.slice(0, end), section.slice(end + 1)];
      }),
  );
}

let program: Command;
beforeAll(async () => {
  program = await wholeProgram();
});

describe.each([
  ['Alarms', cards(alarms)],
  ['Alerts', cards(alerts)],
])('the part %s', (part, catalogue) => {
  const headings = headingsUnder(part);

  it.each(catalogue)('%s: says what it means, how to see, what to do and not to do, and how to be sure', (code, card) => {
    const section = headings.get(card.heading) ?? '';
    expect(section.split('\n')[0]).toBe(`\`${code}\`, ${card.severity}`);
    const found = [...section.matchAll(/^- \*\*([A-Z][a-z ]+)\*\* ?(.*(?:\n {2}1\. .*)?)/gm)];
    expect(found.map(([, name]) => name)).toEqual(PARTS);
    for (const [, name, words] of found) expect(words, name).toMatch(/\S{2}/);
  });

  it.each(catalogue)('%s: has the command that its card names', (_, card) => {
    expect(headings.get(card.heading) ?? '').toContain(card.command);
  });

  it('has no heading for what cannot ring', () => {
    expect([...headings.keys()].sort()).toEqual(catalogue.map(([, { heading }]) => heading).sort());
  });
});

describe('the runbook', () => {
  it('has the general parts, and no others', () => {
    expect([...TEXT.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(GENERAL);
  });

  it('has no command that could not be typed as it stands', () => {
    const typed = typedIn(RUNBOOK);
    expect(typed.length).toBeGreaterThan(100);
    for (const each of typed) expectWhole(each, program);
  });
});

describe('the command of a card', () => {
  it.each(cards({ ...alerts, ...alarms }))('%s can be typed as it stands', (_, { command }) => {
    const typed = typedOn(command);
    expect(typed).toBeDefined();
    if (typed !== undefined) expectWhole(typed, program);
  });
});
