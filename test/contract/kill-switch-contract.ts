// What every kill switch must do.
import { describe, expect, it } from 'vitest';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';

/** `makeSwitch` answers one that nobody turned on. */
export function killSwitchContract(name: string, makeSwitch: () => KillSwitch | Promise<KillSwitch>): void {
  describe(`${name} as a kill switch`, () => {
    it('is off until somebody turns it on', async () => {
      const killSwitch = await makeSwitch();
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'off' });
    });

    it('stops one portfolio and leaves the others', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', 'drawdown', 1_000);
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'on', reason: 'drawdown', since: 1_000 });
      expect(await killSwitch.read('golden-butterfly')).toEqual({ kind: 'off' });
    });

    it('stops all portfolios, also one that is called all', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('all', 'only this one', 1_000);
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'off' });
      await killSwitch.turnOn(undefined, 'the broker misbehaves', 2_000);
      for (const portfolio of ['sixty-forty', 'all']) {
        expect(await killSwitch.read(portfolio)).toEqual({ kind: 'on', reason: 'the broker misbehaves', since: 2_000 });
      }
    });

    it('keeps a portfolio stopped by its own switch when the switch of all is turned off', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', 'drawdown', 1_000);
      await killSwitch.turnOn(undefined, 'deploy', 2_000);
      await killSwitch.turnOff(undefined);
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'on', reason: 'drawdown', since: 1_000 });
      expect(await killSwitch.read('golden-butterfly')).toEqual({ kind: 'off' });
    });

    it('keeps the first reason while it is on, and takes a new one after it was off', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', 'drawdown', 1_000);
      await killSwitch.turnOn('sixty-forty', 'deploy', 2_000);
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'on', reason: 'drawdown', since: 1_000 });
      await killSwitch.turnOff('sixty-forty');
      await killSwitch.turnOn('sixty-forty', 'deploy', 3_000);
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'on', reason: 'deploy', since: 3_000 });
    });

    it('shows a turn to whoever reads after it was answered, 20 times over', async () => {
      const killSwitch = await makeSwitch();
      for (let at = 1; at <= 20; at += 1) {
        await killSwitch.turnOn('sixty-forty', 'drill', at);
        expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'on', reason: 'drill', since: at });
        await killSwitch.turnOff('sixty-forty');
        expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'off' });
      }
    });

    it('may be turned off when it is off', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOff('sixty-forty');
      expect(await killSwitch.read('sixty-forty')).toEqual({ kind: 'off' });
    });
  });
}
