// What every keeper of audit chains must do.
import { describe, expect, it } from 'vitest';
import { encodeLink, type SealedLink, sealLink } from '../../shared/contracts/audit-link.ts';
import type { AuditTrail } from '../../shared/ports/audit-trail.ts';
import { AUDIT_KEY } from '../builders/audit.ts';

function aLink(before: SealedLink | undefined, day: number): SealedLink {
  const runId = `balanced/2026-11-${String(day).padStart(2, '0')}/daily`;
  return sealLink(before, { portfolio: 'balanced', runId, record: 'ab'.repeat(32), ledger: undefined }, AUDIT_KEY);
}

/** `makeTrail` answers one without links. */
export function auditTrailContract(name: string, makeTrail: () => AuditTrail | Promise<AuditTrail>): void {
  describe(`${name} as an audit trail`, () => {
    it('has no link before the first', async () => {
      expect(await (await makeTrail()).latest('balanced', 10)).toEqual([]);
    });

    it('gives back the newest first, in the order of numbers and not of digits', async () => {
      const trail = await makeTrail();
      const links: SealedLink[] = [];
      for (let day = 1; day <= 11; day += 1) links.push(aLink(links.at(-1), day));
      for (const link of links) expect(await trail.append(link)).toBe('appended');
      const stored = links.map((link, place) => ({ position: place + 1, text: encodeLink(link) })).reverse();
      expect(await trail.latest('balanced', 100)).toEqual(stored);
      expect(await trail.latest('balanced', 2)).toEqual(stored.slice(0, 2));
      expect(await trail.latest('cautious', 2)).toEqual([]);
    });

    it('never writes a link over another, and knows its own echo', async () => {
      const trail = await makeTrail();
      const first = aLink(undefined, 1);
      expect(await trail.append(first)).toBe('appended');
      expect(await trail.append(aLink(undefined, 2))).toBe('stale');
      expect(await trail.append(first)).toBe('appended');
      expect(await trail.latest('balanced', 10)).toEqual([{ position: 1, text: encodeLink(first) }]);
    });

    it('lets one of two in that follow the same link at once', async () => {
      const trail = await makeTrail();
      const answers = await Promise.all([2, 3].map((day) => trail.append(aLink(undefined, day))));
      expect(answers.toSorted()).toEqual(['appended', 'stale']);
    });
  });
}
