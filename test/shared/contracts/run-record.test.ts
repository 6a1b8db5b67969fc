import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/contracts/canonical-json.ts';
import type { RunRecord } from '../../../shared/contracts/run-record.ts';
import { decodeRunRecord, encodeRunRecord, RUN_RECORD_SCHEMA, UnreadableRecord } from '../../../shared/contracts/run-record.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { anyRunRecord } from '../../arbitraries/run-record.ts';
import { aLeg, anExecutionState } from '../../builders/execution.ts';
import { aRunRecord } from '../../contract/run-record-builder.ts';
import { leavesOf } from './leaves.ts';

/** The stored text after a change that no release of ours would make. */
function tampered(record: RunRecord, change: (json: Record<string, unknown>) => void): string {
  const json: Record<string, unknown> = JSON.parse(encodeRunRecord(record));
  change(json);
  return JSON.stringify(json);
}

describe('a run record', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyRunRecord, (record) => {
        const text = encodeRunRecord(record);
        expect(decodeRunRecord(text)).toEqual(record);
        expect(encodeRunRecord(decodeRunRecord(text))).toBe(text);
      }),
    );
  });

  it('is canonical JSON in which no number is anything but a whole one', () => {
    fc.assert(
      fc.property(anyRunRecord, (record) => {
        const text = encodeRunRecord(record);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        for (const leaf of leavesOf(JSON.parse(text))) expect(typeof leaf !== 'number' || Number.isSafeInteger(leaf)).toBe(true);
      }),
    );
  });

  it('has no undefined member after it was read: what is absent is absent', () => {
    fc.assert(
      fc.property(anyRunRecord, (record) => {
        expect(leavesOf(decodeRunRecord(encodeRunRecord(record)))).not.toContain(undefined);
      }),
    );
  });

  it('can be read by a person: amounts, shares and times as exact text', () => {
    const leg = aLeg({ quantity: shares('1.5'), arrival: usd('99.995') });
    const json = JSON.parse(encodeRunRecord(aRunRecord({ phase: { kind: 'executing', execution: anExecutionState([leg]) } })));
    expect(json).toMatchObject({
      schemaVersion: 1,
      runId: 'sixty-forty/2026-11-20/month-end',
      scheduledTime: '2026-11-20T20:35:00.000Z',
      phase: { execution: { close: '2026-11-20T21:00:00.000Z', legs: [{ quantity: '1.5', arrival: '99.995', unfunded: '0' }] } },
    });
  });

  it.each([RUN_RECORD_SCHEMA + 1, RUN_RECORD_SCHEMA - 1, '1', null])('of schema version %j is refused, and says so', (version) => {
    const text = tampered(aRunRecord(), (json) => {
      json['schemaVersion'] = version;
    });
    expect(() => decodeRunRecord(text)).toThrow(UnreadableRecord);
    expect(() => decodeRunRecord(text)).toThrow(`run record has schema version ${version}, this release reads 1`);
  });

  it('of another schema version is refused for its version, whatever else is different', () => {
    expect(() => decodeRunRecord('{"schemaVersion":2,"shape":"new"}')).toThrow('schema version 2');
    expect(() => decodeRunRecord('{}')).toThrow('run record is not whole');
  });

  it.each<[string, (json: Record<string, unknown>) => void]>([
    ['a key that it does not know', (json) => Object.assign(json, { note: 'hello' })],
    ['no phase', (json) => delete json['phase']],
    ['a phase that it does not know', (json) => Object.assign(json, { phase: { kind: 'dreaming' } })],
    ['an execution where there is none', (json) => Object.assign(json, { phase: { kind: 'claimed', execution: {} } })],
    ['a version of zero', (json) => Object.assign(json, { version: 0 })],
    ['half a version', (json) => Object.assign(json, { version: 1.5 })],
    ['a run id without a date that exists', (json) => Object.assign(json, { runId: 'sixty-forty/2026-02-30/month-end' })],
    ['a session that does not exist', (json) => Object.assign(json, { session: '2026-02-30' })],
    ['a time that is a number', (json) => Object.assign(json, { updatedAt: 1_795_206_900_000 })],
    ['a hash that is too short', (json) => Object.assign(json, { artifacts: { plan: 'abc' } })],
    ['an artifact that it does not know', (json) => Object.assign(json, { artifacts: { mood: 'a'.repeat(64) } })],
  ])('with %s is refused as not whole', (_, change) => {
    const text = tampered(aRunRecord(), change);
    expect(() => decodeRunRecord(text)).toThrow(UnreadableRecord);
    expect(() => decodeRunRecord(text)).toThrow('run record is not whole');
  });

  it('with an amount that is not exact text is refused: no float comes back in', () => {
    const record = aRunRecord({ phase: { kind: 'executing', execution: anExecutionState([aLeg()]) } });
    for (const quantity of [10, '10.0000000001', 'ten', '', null]) {
      const text = encodeRunRecord(record).replace('"quantity":"10"', `"quantity":${JSON.stringify(quantity)}`);
      expect(() => decodeRunRecord(text)).toThrow('run record is not whole');
    }
  });

  it.each(['', '{', 'null', '[]', '"record"', '{"schemaVersion":1'])('that is damaged to %j is refused', (text) => {
    expect(() => decodeRunRecord(text)).toThrow(UnreadableRecord);
  });

  it('keeps the cause of the damage', () => {
    try {
      decodeRunRecord('{');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'UnreadableRecord', message: 'run record is not JSON', cause: expect.any(SyntaxError) });
    }
  });

  it('cut off anywhere is refused, never half understood', () => {
    const text = encodeRunRecord(aRunRecord({ phase: { kind: 'executing', execution: anExecutionState() } }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(() => decodeRunRecord(text.slice(0, length))).toThrow(UnreadableRecord);
      }),
    );
  });

  it('that is not whole is not written either', () => {
    expect(() => encodeRunRecord({ ...aRunRecord(), version: 0 })).toThrow();
    expect(() => encodeRunRecord({ ...aRunRecord(), updatedAt: Number.NaN })).toThrow();
    expect(() => encodeRunRecord({ ...aRunRecord(), updatedAt: 0.5 })).toThrow();
  });
});
