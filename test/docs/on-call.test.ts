// The guide for whoever is on call knows every alert, with its severity.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AlertCode, alerts } from '../../shared/contracts/alerts.ts';

const guide = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/guides/on-call.md'), 'utf8');

/** By code, the severity that the guide's tables give it. */
const told = new Map(
  [...guide.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \| (page|ticket) \|/gm)].flatMap(([, codes = '', severity = '']) =>
    [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code = '']): [string, string] => [code, severity]),
  ),
);

describe('docs/guides/on-call.md', () => {
  it.each(Object.keys(alerts) as AlertCode[])('lists the alert %s as what it is', (code) => {
    expect(told.get(code)).toBe(alerts[code].severity);
  });

  it('lists no alert that there is not', () => {
    expect([...told.keys()].filter((code) => !Object.hasOwn(alerts, code))).toEqual([]);
  });
});
