import { describe, expect, it } from 'vitest';
import { alarms } from '../../../shared/contracts/alarms.ts';
import { type AlertCode, alertOf, alerts } from '../../../shared/contracts/alerts.ts';
import { encodeNotice } from '../../../shared/contracts/encode-notice.ts';
import { decodeNotice } from '../../../shared/contracts/notice-message.ts';
import { anchorOf } from '../../../shared/workflow/owner-text.ts';

const cards = Object.entries({ ...alerts, ...alarms });

describe('the card of an alert', () => {
  it.each(cards)('%s says what it means, what its silence means, and a command of ours', (_, { meaning, silence, command, heading }) => {
    for (const sentence of [meaning, silence]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(command).toMatch(/^npx evenkeel [a-z]+/);
    expect(heading).toMatch(/^[A-Z][a-z -]+$/);
  });

  it('leads to a place of its own in the runbook', () => {
    const places = cards.map(([, { heading }]) => anchorOf(heading));
    expect(new Set(places).size).toBe(cards.length);
  });

  it('is found by its code, and by no other word', () => {
    for (const code of Object.keys(alerts) as AlertCode[]) expect(alertOf(code)).toBe(alerts[code]);
    for (const other of ['toString', '__proto__', 'nothing', '']) expect(alertOf(other)).toBeUndefined();
  });
});

describe('a notice on its way', () => {
  it('arrives as it was written', () => {
    const notice = {
      severity: 'page',
      code: 'run-missing',
      subject: 's',
      body: 'b\n"',
      portfolio: 'p',
      runId: 'p/2026-11-20/d',
      stake: '$1',
    } as const;
    expect(decodeNotice(encodeNotice(notice))).toEqual({ schemaVersion: 1, kind: 'notice', ...notice });
  });

  it('fits into a message of SNS, whatever it is made of', () => {
    const notice = { severity: 'page', code: 'run-missing', subject: '\u0001'.repeat(100_000), body: '\u0001'.repeat(1_000_000) } as const;
    const text = encodeNotice(notice);
    expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
    expect(decodeNotice(text)?.body).toMatch(/… cut after 30000 characters$/);
  });

  it.each([
    ['of a later schema', '{"schemaVersion":2,"kind":"notice","severity":"page","code":"x","subject":"","body":""}'],
    ['of another kind', '{"schemaVersion":1,"kind":"news","severity":"page","code":"x","subject":"","body":""}'],
    ['that is not JSON', 'a text'],
    ['without a body', '{"schemaVersion":1,"kind":"notice","severity":"page","code":"x","subject":""}'],
  ])('%s is not understood by half', (_, text) => {
    expect(decodeNotice(text)).toBeUndefined();
  });
});
