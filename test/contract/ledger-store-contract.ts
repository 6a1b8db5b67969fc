// What every keeper of ledgers must do.
import { describe, expect, it } from 'vitest';
import { LEDGER_SCHEMA, type LedgerRecord } from '../../shared/contracts/ledger-record.ts';
import type { LedgerStore } from '../../shared/ports/ledger-store.ts';
import { aLedger, NOON } from '../builders/ledger.ts';

function aRecord(version: number, stated: Partial<LedgerRecord> = {}): LedgerRecord {
  const ledger = aLedger({ SPY: '80.000000001' });
  const head = 'ab'.repeat(32);
  return { schemaVersion: LEDGER_SCHEMA, portfolio: 'balanced', version, updatedAt: NOON, accountNumber: 'PA1', ledger, head, ...stated };
}

/** `makeStore` answers one without ledgers. */
export function ledgerStoreContract(name: string, makeStore: () => LedgerStore | Promise<LedgerStore>): void {
  describe(`${name} as a ledger store`, () => {
    it('has no ledger before the first', async () => {
      const store = await makeStore();
      expect(await store.load('balanced')).toBeUndefined();
    });

    it('gives back what was saved', async () => {
      const store = await makeStore();
      expect(await store.save(aRecord(1))).toBe('saved');
      expect(await store.load('balanced')).toEqual(aRecord(1));
      expect(await store.save(aRecord(2))).toBe('saved');
      expect(await store.load('balanced')).toEqual(aRecord(2));
    });

    it.each([
      ['the version that stands', 2],
      ['an older version', 1],
      ['a version too far on', 4],
    ])('writes nothing for %s', async (_, version) => {
      const store = await makeStore();
      await store.save(aRecord(1));
      await store.save(aRecord(2, { accountNumber: 'PA2' }));
      expect(await store.save(aRecord(version, { accountNumber: 'PA3' }))).toBe('stale');
      expect(await store.load('balanced')).toEqual(aRecord(2, { accountNumber: 'PA2' }));
    });

    it('opens no ledger with any other version than the first', async () => {
      const store = await makeStore();
      expect(await store.save(aRecord(2))).toBe('stale');
      expect(await store.load('balanced')).toBeUndefined();
    });

    it('lets exactly one of many writers of a version in, and keeps what that one wrote', async () => {
      const store = await makeStore();
      await store.save(aRecord(1));
      const records = ['PA1', 'PA2', 'PA3', 'PA4'].map((accountNumber) => aRecord(2, { accountNumber }));
      const answers = await Promise.all(records.map((record) => store.save(record)));
      expect(answers.filter((answer) => answer === 'saved')).toHaveLength(1);
      expect(await store.load('balanced')).toEqual(records[answers.indexOf('saved')]);
    });

    it('keeps one ledger a portfolio', async () => {
      const store = await makeStore();
      await store.save(aRecord(1));
      expect(await store.load('balanced-two')).toBeUndefined();
    });
  });
}
