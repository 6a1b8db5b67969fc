// What every notifier must do.
import { describe, expect, it } from 'vitest';
import type { Notice, Notifier } from '../../shared/ports/notifier.ts';

export interface NotifierUnderTest {
  readonly notifier: Notifier;
  /** What reached its reader since the start. */
  received(): Promise<readonly Pick<Notice, 'severity' | 'code' | 'body'>[]>;
}

/** `makeNotifier` answers one that has sent nothing yet. */
export function notifierContract(name: string, makeNotifier: () => NotifierUnderTest | Promise<NotifierUnderTest>): void {
  describe(`${name} as a notifier`, () => {
    it('delivers a notice with its severity, code and text', async () => {
      const { notifier, received } = await makeNotifier();
      await notifier.notify({
        severity: 'page',
        code: 'run-unresolved',
        subject: 'Look at sixty-forty',
        body: 'An order is unknown.\nType: evenkeel status',
      });
      expect(await received()).toEqual([{ severity: 'page', code: 'run-unresolved', body: 'An order is unknown.\nType: evenkeel status' }]);
    });

    it('delivers what carries a long or foreign subject: a headline must not cost its owner the message', async () => {
      const { notifier, received } = await makeNotifier();
      await notifier.notify({
        severity: 'info',
        code: 'daily-digest',
        subject: `Überschuß ±5 %\n${'x'.repeat(300)}`,
        body: 'done — 目標',
      });
      expect(await received()).toEqual([{ severity: 'info', code: 'daily-digest', body: 'done — 目標' }]);
    });

    it('delivers every one of several at once', async () => {
      const { notifier, received } = await makeNotifier();
      const codes = ['residuals', 'left-out', 'clock-skew', 'secret-old', 'run-missing'] as const;
      await Promise.all(codes.map((code) => notifier.notify({ severity: 'ticket', code, subject: code, body: `text ${code}` })));
      expect((await received()).map(({ body }) => body).sort()).toEqual(codes.map((code) => `text ${code}`).sort());
    });
  });
}
