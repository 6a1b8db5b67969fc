// What every trial ledger must do.
import { describe, expect, it } from 'vitest';
import type { TrialLedger } from '../../shared/ports/trial-ledger.ts';
import { aHoldoutOpening, aRegistration, aTrial, aTrialEnd } from '../builders/trials.ts';

/** `makeLedger` answers an empty one. */
export function trialLedgerContract(name: string, makeLedger: () => TrialLedger | Promise<TrialLedger>): void {
  describe(`${name} as a trial ledger`, () => {
    const registered = async (): Promise<TrialLedger> => {
      const ledger = await makeLedger();
      await ledger.append([aRegistration()], 1_000);
      return ledger;
    };
    const begun = async (ledger: TrialLedger): Promise<string> => {
      const appended = await ledger.append([aTrial()], 2_000);
      if (appended.kind === 'refused') throw new Error(appended.code);
      return appended.entries[0]?.hash ?? '';
    };

    it('begins empty and keeps everything in its order, each entry with the hash of the one before', async () => {
      const ledger = await makeLedger();
      expect(await ledger.entries()).toEqual([]);
      await ledger.append([aRegistration(), aRegistration({ hypothesis: 'another' })], 1_000);
      const trial = await begun(ledger);
      await ledger.append([aTrialEnd(trial)], 3_000);
      const entries = await ledger.entries();
      expect(entries.map(({ sequence, at, fact }) => [sequence, at, fact.kind])).toEqual([
        [0, 1_000, 'registered'],
        [1, 1_000, 'registered'],
        [2, 2_000, 'trial'],
        [3, 3_000, 'trial-ended'],
      ]);
      expect(entries.map(({ previous }) => previous)).toEqual([null, ...entries.slice(0, -1).map(({ hash }) => hash)]);
      expect(await ledger.entries('another')).toEqual([entries[1]]);
      expect(await ledger.entries('unheard-of')).toEqual([]);
    });

    it('registers a hypothesis once', async () => {
      const ledger = await registered();
      expect(await ledger.append([aRegistration({ trialsMax: 9_999 })], 2_000)).toEqual({
        kind: 'refused',
        code: 'registered-before',
        fact: 0,
      });
    });

    it('refuses what nobody registered', async () => {
      const ledger = await makeLedger();
      for (const fact of [aTrial(), aHoldoutOpening()]) {
        expect(await ledger.append([fact], 1_000)).toEqual({ kind: 'refused', code: 'not-registered', fact: 0 });
      }
      expect(await ledger.entries()).toEqual([]);
    });

    it('writes all of several or none', async () => {
      const ledger = await registered();
      const refused = await ledger.append([aTrial(), aTrialEnd('0'.repeat(64))], 2_000);
      expect(refused).toEqual({ kind: 'refused', code: 'unknown-trial', fact: 1 });
      expect(await ledger.entries()).toHaveLength(1);
      expect(await ledger.append([aTrial(), aTrial(), aHoldoutOpening()], 3_000)).toMatchObject({ kind: 'appended' });
      expect(await ledger.entries()).toHaveLength(4);
    });

    it('lets no trial reach into the holdout or past it', async () => {
      const ledger = await registered();
      for (const last of ['2020-01-01', '2020-06-30', '2021-01-05'] as const) {
        const refused = await ledger.append([aTrial({ span: { first: '2015-01-02', last } })], 2_000);
        expect(refused).toEqual({ kind: 'refused', code: 'inside-holdout', fact: 0 });
      }
      const backwards = aTrial({ span: { first: '2015-01-02', last: '2014-01-02' } });
      expect(await ledger.append([backwards], 2_000)).toMatchObject({ code: 'empty-span' });
      const empty = aRegistration({ hypothesis: 'another', holdout: { first: '2020-02-01', last: '2020-01-01' } });
      expect(await ledger.append([empty], 2_000)).toMatchObject({ code: 'empty-span' });
    });

    it('lets no trial under another name reach into what is sealed for the same strategy, until that was opened', async () => {
      const strategy = '5'.repeat(64);
      const later = { first: '2020-06-01', last: '2020-12-31' } as const;
      const span = { first: '2015-01-02', last: '2020-02-03' } as const;
      const another = (fact: Parameters<typeof aTrial>[0]) => aTrial({ hypothesis: 'another', variant: 'd'.repeat(64), span, ...fact });
      const ledger = await registered();
      await ledger.append([aRegistration({ hypothesis: 'another', holdout: later }), aTrial({ strategy })], 2_000);
      const inside = { kind: 'refused', code: 'inside-holdout', fact: 0 };
      expect(await ledger.append([another({ strategy })], 3_000)).toEqual(inside);
      expect(await ledger.append([another({ variant: aTrial().variant })], 3_000)).toEqual(inside);
      expect(await ledger.append([another({ strategy, span: { ...span, last: '2019-12-31' } })], 3_000)).toMatchObject({
        kind: 'appended',
      });
      expect(await ledger.append([another({ strategy: '6'.repeat(64) })], 3_000)).toMatchObject({ kind: 'appended' });
      await ledger.append([aHoldoutOpening()], 4_000);
      expect(await ledger.append([another({ strategy })], 5_000)).toMatchObject({ kind: 'appended' });
    });

    it('begins no more variants than were allowed, those that are known as often as one likes', async () => {
      const ledger = await makeLedger();
      await ledger.append([aRegistration({ trialsMax: 1 }), aTrial(), aTrial()], 1_000);
      const another = await ledger.append([aTrial({ variant: 'd'.repeat(64) })], 2_000);
      expect(another).toEqual({ kind: 'refused', code: 'over-budget', fact: 0 });
      expect(await ledger.append([aTrial()], 3_000)).toMatchObject({ kind: 'appended' });
    });

    it('ends a trial once, whatever came of it', async () => {
      const ledger = await registered();
      const trial = await begun(ledger);
      const failed = { kind: 'trial-failed', hypothesis: 'momentum', trial, reason: 'no prices' } as const;
      expect(await ledger.append([failed], 3_000)).toMatchObject({ kind: 'appended' });
      expect(await ledger.append([aTrialEnd(trial)], 4_000)).toMatchObject({ code: 'unknown-trial' });
    });

    it('opens the holdout of a hypothesis once, tries nothing after it, and takes one result', async () => {
      const ledger = await registered();
      const ended = { kind: 'holdout-ended', hypothesis: 'momentum', netReturn: 0.1, bars: 250, sharpe: 0.05 } as const;
      expect(await ledger.append([ended], 2_000)).toMatchObject({ code: 'holdout-sealed' });
      expect(await ledger.append([aHoldoutOpening()], 3_000)).toMatchObject({ kind: 'appended' });
      for (const fact of [aHoldoutOpening({ by: 'bert' }), aTrial()]) {
        expect(await ledger.append([fact], 4_000)).toEqual({ kind: 'refused', code: 'holdout-opened-before', fact: 0 });
      }
      expect(await ledger.append([ended], 5_000)).toMatchObject({ kind: 'appended' });
      expect(await ledger.append([ended], 6_000)).toMatchObject({ code: 'holdout-sealed' });
    });

    it('opens it for one of many who ask at once', async () => {
      const ledger = await registered();
      const openings = await Promise.all(['anna', 'bert', 'carl'].map((by) => ledger.append([aHoldoutOpening({ by })], 2_000)));
      expect(openings.map(({ kind }) => kind).sort()).toEqual(['appended', 'refused', 'refused']);
    });
  });
}
