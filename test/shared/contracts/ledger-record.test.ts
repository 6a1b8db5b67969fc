import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEntries, sealEntries } from '../../../shared/contracts/ledger-entries.ts';
import { decodeLedgerRecord, encodeLedgerRecord } from '../../../shared/contracts/ledger-record.ts';
import { UnreadableRecord } from '../../../shared/contracts/run-record.ts';
import { anyLedgerEntries, anyLedgerRecord } from '../../arbitraries/ledger.ts';

describe('a stored ledger', () => {
  it('comes back as it was, to the nano-share', () => {
    fc.assert(
      fc.property(anyLedgerRecord, (record) => {
        expect(decodeLedgerRecord(encodeLedgerRecord(record))).toEqual(record);
      }),
    );
  });

  it.each([
    ['of another schema version', (json: Record<string, unknown>) => ({ ...json, schemaVersion: 2 }), 'schema version 2'],
    ['without its holdings', (json: Record<string, unknown>) => ({ ...json, ledger: {} }), 'not whole'],
    ['with a key that we do not know', (json: Record<string, unknown>) => ({ ...json, more: 1 }), 'not whole'],
  ])('%s is not read', (_, spoil, message) => {
    const [record] = fc.sample(anyLedgerRecord, { numRuns: 1, seed: 1 });
    if (record === undefined) throw new Error('unreachable');
    const spoiled = JSON.stringify(spoil(JSON.parse(encodeLedgerRecord(record))));
    expect(() => decodeLedgerRecord(spoiled)).toThrow(UnreadableRecord);
    expect(() => decodeLedgerRecord(spoiled)).toThrow(message);
  });

  it('that is not JSON is not read', () => {
    expect(() => decodeLedgerRecord('{')).toThrow('not JSON');
  });
});

describe('a batch of entries', () => {
  it('comes back as it was, and the same batch has the same hash', () => {
    fc.assert(
      fc.property(anyLedgerEntries, (batch) => {
        const { text, hash } = sealEntries(batch);
        expect(openEntries(text)).toEqual(batch);
        expect(sealEntries(openEntries(text)).hash).toBe(hash);
      }),
    );
  });

  it('that is not whole is not read', () => {
    expect(() => openEntries('{"kind":"ledger-entries","portfolio":"a","entries":[{"kind":"gift"}]}')).toThrow('not whole');
  });
});
