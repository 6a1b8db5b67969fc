import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Artifact, type ArtifactOf, openArtifact, sealArtifact } from '../../../shared/contracts/artifacts.ts';
import { canonicalJson, contentHash } from '../../../shared/contracts/canonical-json.ts';
import { ARTIFACT_KINDS, type ArtifactKind } from '../../../shared/contracts/run-record.ts';
import { anyArtifact } from '../../arbitraries/artifacts.ts';
import { aPlan, aTrade } from '../../builders/plan.ts';
import { leavesOf } from './leaves.ts';

const HASH = 'a'.repeat(64);
/** Records of earlier releases do without. */
const OF_LATER_RELEASES: ReadonlySet<string> = new Set(['risk', 'stress', 'remarks', 'settlement', 'uninvested', 'volatilities']);

function anyOf(kind: ArtifactKind): fc.Arbitrary<Artifact> {
  return anyArtifact[kind];
}

describe.each(ARTIFACT_KINDS)('a stored %s', (kind) => {
  it('is read back as it was sealed', () => {
    fc.assert(
      fc.property(anyOf(kind), (artifact) => {
        const { text } = sealArtifact(artifact);
        expect(openArtifact(kind, text)).toEqual(artifact);
        expect(sealArtifact(openArtifact(kind, text)).text).toBe(text);
        expect(leavesOf(openArtifact(kind, text))).not.toContain(undefined);
      }),
    );
  });

  it('is canonical JSON, known by the hash of its bytes', () => {
    fc.assert(
      fc.property(anyOf(kind), (artifact) => {
        const { text, hash } = sealArtifact(artifact);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(hash).toBe(contentHash(text));
      }),
    );
  });

  it('is refused with a key that it does not know, or without one that it needs', () => {
    fc.assert(
      fc.property(anyOf(kind), (artifact) => {
        const json: Record<string, unknown> = JSON.parse(sealArtifact(artifact).text);
        expect(() => openArtifact(kind, JSON.stringify({ ...json, note: 'hello' }))).toThrow(`stored ${kind} is not whole`);
        for (const key of Object.keys(json).filter((each) => !MAY_BE_LEFT_OUT.has(each))) {
          const { [key]: _, ...rest } = json;
          expect(() => openArtifact(kind, JSON.stringify(rest))).toThrow(`stored ${kind} is not whole`);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is read also without what earlier releases did not write', () => {
    fc.assert(
      fc.property(anyOf(kind), (artifact) => {
        const json: Record<string, unknown> = JSON.parse(sealArtifact(artifact).text);
        const earlier = Object.fromEntries(Object.entries(json).filter(([key]) => !OF_LATER_RELEASES.has(key)));
        for (const key of OF_LATER_RELEASES) expect(openArtifact(kind, JSON.stringify(earlier))).not.toHaveProperty(key);
      }),
      { numRuns: 20 },
    );
  });

  it('is refused as any other kind', () => {
    const [artifact] = fc.sample(anyOf(kind), 1);
    if (artifact === undefined) throw new Error('a sample of one has one');
    const { text } = sealArtifact(artifact);
    for (const other of ARTIFACT_KINDS) {
      if (other !== kind) expect(() => openArtifact(other, text)).toThrow(`stored ${other} is not whole`);
    }
  });

  it('that is damaged is refused, with its kind and its cause', () => {
    expect(() => openArtifact(kind, '{"kind":')).toThrow(
      expect.objectContaining({ message: `stored ${kind} is not JSON`, cause: expect.any(SyntaxError) }),
    );
    expect(() => openArtifact(kind, 'null')).toThrow(`stored ${kind} is not whole`);
  });
});

const MAY_BE_LEFT_OUT: ReadonlySet<string> = new Set(['settlement', 'uninvested', 'unowned', ...OF_LATER_RELEASES]);

describe('the chain', () => {
  const [, ...followers] = ARTIFACT_KINDS;

  it.each(followers)('needs the hash of the artifact before the %s, and nothing but a hash', (kind) => {
    const [artifact] = fc.sample(anyOf(kind), 1);
    const sealed: Record<string, unknown> = JSON.parse(artifact === undefined ? '{}' : sealArtifact(artifact).text);
    expect(sealed['previous']).toMatch(/^[0-9a-f]{64}$/);
    for (const previous of ['', 'A'.repeat(64), 'a'.repeat(63), null]) {
      expect(() => openArtifact(kind, JSON.stringify({ ...sealed, previous }))).toThrow(`stored ${kind} is not whole`);
    }
  });

  it('begins with the snapshot, which names none', () => {
    const [snapshot] = fc.sample(anyArtifact.snapshot, 1);
    expect(snapshot).not.toHaveProperty('previous');
  });

  it('carries a change of any artifact on to every one after it', () => {
    const review = { kind: 'approved' } as const;
    const chainOf = (snapshot: ArtifactOf['snapshot'], decision: ArtifactOf['decision']) => {
      const first = sealArtifact(snapshot).hash;
      const second = sealArtifact({ ...decision, previous: first }).hash;
      const third = sealArtifact({ kind: 'plan', previous: second, band: {}, plan: aPlan() }).hash;
      return [first, second, third, sealArtifact({ kind: 'review', previous: third, review }).hash];
    };
    fc.assert(
      fc.property(anyArtifact.snapshot, anyArtifact.decision, (snapshot, decision) => {
        const chain = chainOf(snapshot, decision);
        const rewritten = chainOf({ ...snapshot, portfolioFile: `${snapshot.portfolioFile} ` }, decision);
        expect(chainOf(snapshot, decision)).toEqual(chain);
        for (const [place, hash] of rewritten.entries()) expect(hash).not.toBe(chain[place]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a snapshot of an earlier release', () => {
  it('opens, and says nothing of short sales: what is not said is not allowed', () => {
    const text = JSON.stringify({
      kind: 'snapshot',
      runId: 'balanced/2026-11-20/daily',
      asOf: '2026-11-20T20:35:00.000Z',
      portfolioFile: '',
      account: { accountNumber: 'PA1', equity: '1000.00', cash: '1000.00', buyingPower: '1000.00', isBlocked: false },
      positions: [],
      quotes: [],
      assets: [{ symbol: 'SPY', isTradable: true, isFractionable: true }],
      historyAsOf: '2026-11-19',
      history: { anchor: '2026-11-19', columns: [] },
    });
    const { account, assets, ...others } = openArtifact('snapshot', text);
    expect(others).not.toHaveProperty('volatilities');
    for (const field of ['canShort', 'multiplier', 'shortValue']) expect(account).not.toHaveProperty(field);
    expect(assets).toEqual([{ symbol: 'SPY', isTradable: true, isFractionable: true }]);
  });
});

describe('the text of an artifact', () => {
  const plan = aPlan({ trades: [aTrade('buy', 'SPY', '1.5', '99.995')] });

  it('spells amounts as exact decimal text', () => {
    const json = JSON.parse(sealArtifact({ kind: 'plan', previous: HASH, band: { absolute: 50_000n }, plan }).text);
    expect(json).toMatchObject({
      band: { absolute: '5%' },
      plan: { equity: '1000.00', trades: [{ quantity: '1.5', arrival: '99.995', notional: '149.9925' }] },
    });
  });

  it('has no member for what is absent', () => {
    expect(sealArtifact({ kind: 'plan', previous: HASH, band: {}, plan }).text).toContain('"band":{}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('never holds a close of %s', (close) => {
    const [snapshot] = fc.sample(anyArtifact.snapshot, 1);
    if (snapshot === undefined) throw new Error('a sample of one has one');
    const history = { anchor: '2026-01-05', columns: [{ symbol: 'SPY', dates: ['2026-01-05'], closes: [close] }] } as const;
    expect(() => sealArtifact({ ...snapshot, history })).toThrow();
  });
});
