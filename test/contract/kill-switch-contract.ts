// What every kill switch must do.
import { describe, expect, it } from 'vitest';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import { aHalt, aResume } from '../builders/halt.ts';

const OFF = { kind: 'off' };

/** `makeSwitch` answers one that nobody turned on. */
export function killSwitchContract(name: string, makeSwitch: () => KillSwitch | Promise<KillSwitch>): void {
  describe(`${name} as a kill switch`, () => {
    it('is off until somebody turns it on', async () => {
      const killSwitch = await makeSwitch();
      expect(await killSwitch.read('sixty-forty')).toEqual(OFF);
      expect(await killSwitch.readOne(undefined)).toEqual(OFF);
      expect(await killSwitch.turns(undefined, 10)).toEqual([]);
    });

    it('stops one portfolio and leaves the others', async () => {
      const killSwitch = await makeSwitch();
      const turned = await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'drawdown', by: 'breaker', openOrders: 'keep' }));
      const on = { kind: 'on', reason: 'drawdown', since: 1_000, by: 'breaker', openOrders: 'keep' };
      expect(turned).toEqual({ state: on, wasOn: false });
      expect(await killSwitch.read('sixty-forty')).toEqual(on);
      expect(await killSwitch.readOne('sixty-forty')).toEqual(on);
      expect(await killSwitch.read('golden-butterfly')).toEqual(OFF);
      expect(await killSwitch.readOne(undefined)).toEqual(OFF);
    });

    it('stops all portfolios, also one that is called all', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('all', aHalt({ reason: 'only this one' }));
      expect(await killSwitch.read('sixty-forty')).toEqual(OFF);
      await killSwitch.turnOn(undefined, aHalt({ reason: 'the broker misbehaves', at: 2_000 }));
      for (const portfolio of ['sixty-forty', 'all']) {
        expect(await killSwitch.read(portfolio)).toMatchObject({ kind: 'on', reason: 'the broker misbehaves', since: 2_000 });
      }
      expect(await killSwitch.readOne('all')).toMatchObject({ reason: 'only this one' });
    });

    it('keeps a portfolio stopped by its own switch when the switch of all is turned off', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'drawdown' }));
      await killSwitch.turnOn(undefined, aHalt({ reason: 'deploy', at: 2_000 }));
      expect(await killSwitch.turnOff(undefined, aResume())).toMatchObject({ kind: 'turned-off', was: { reason: 'deploy' } });
      expect(await killSwitch.read('sixty-forty')).toMatchObject({ kind: 'on', reason: 'drawdown', since: 1_000 });
      expect(await killSwitch.read('golden-butterfly')).toEqual(OFF);
    });

    it('keeps the first reason while it is on, and takes a new one after it was off', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'drawdown', by: 'anna' }));
      const again = await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'deploy', by: 'bert', at: 2_000 }));
      expect(again).toMatchObject({ state: { reason: 'drawdown', by: 'anna', since: 1_000 }, wasOn: true });
      expect(await killSwitch.read('sixty-forty')).toEqual(again.state);
      await killSwitch.turnOff('sixty-forty', aResume());
      await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'deploy', at: 3_000 }));
      expect(await killSwitch.read('sixty-forty')).toMatchObject({ kind: 'on', reason: 'deploy', since: 3_000 });
    });

    it('cancels what was to be kept when a later turn says so, and never the reverse', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', aHalt({ openOrders: 'keep' }));
      expect((await killSwitch.turnOn('sixty-forty', aHalt({ openOrders: 'cancel', at: 2_000 }))).state.openOrders).toBe('cancel');
      expect((await killSwitch.turnOn('sixty-forty', aHalt({ openOrders: 'keep', at: 3_000 }))).state.openOrders).toBe('cancel');
      expect(await killSwitch.read('sixty-forty')).toMatchObject({ openOrders: 'cancel', since: 1_000 });
    });

    it.each([
      ['keep', 'keep', 'keep'],
      ['keep', 'cancel', 'cancel'],
      ['cancel', 'keep', 'cancel'],
    ] as const)('cancels when either switch says so: all %s, its own %s', async (all, own, inForce) => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn(undefined, aHalt({ reason: 'all', openOrders: all }));
      await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'own', openOrders: own }));
      expect(await killSwitch.read('sixty-forty')).toMatchObject({ reason: 'all', openOrders: inForce });
    });

    it('shows a turn to whoever reads after it was answered, 20 times over', async () => {
      const killSwitch = await makeSwitch();
      for (let at = 1; at <= 20; at += 1) {
        await killSwitch.turnOn('sixty-forty', aHalt({ at }));
        expect(await killSwitch.read('sixty-forty')).toMatchObject({ kind: 'on', since: at });
        await killSwitch.turnOff('sixty-forty', aResume({ at }));
        expect(await killSwitch.read('sixty-forty')).toEqual(OFF);
      }
    });

    it('may be turned off when it is off, which is no turn', async () => {
      const killSwitch = await makeSwitch();
      expect(await killSwitch.turnOff('sixty-forty', aResume())).toEqual({ kind: 'was-off' });
      expect(await killSwitch.turns('sixty-forty', 10)).toEqual([]);
      await killSwitch.turnOn('sixty-forty', aHalt());
      await killSwitch.turnOff('sixty-forty', aResume());
      expect(await killSwitch.turnOff('sixty-forty', aResume({ at: 3_000 }))).toEqual({ kind: 'was-off' });
      expect(await killSwitch.turns('sixty-forty', 10)).toHaveLength(2);
    });

    it('keeps every turn with who made it and why, newest first, apart for each switch', async () => {
      const killSwitch = await makeSwitch();
      await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'drawdown', by: 'breaker', openOrders: 'keep' }));
      await killSwitch.turnOn('sixty-forty', aHalt({ reason: 'looking', by: 'bert', at: 2_000 }));
      await killSwitch.turnOff('sixty-forty', aResume({ reason: 'looked', at: 3_000 }));
      await killSwitch.turnOn(undefined, aHalt({ reason: 'elsewhere', at: 4_000 }));
      const turns = await killSwitch.turns('sixty-forty', 10);
      expect(turns.map(({ at, by, reason, after }) => `${at} ${by} ${reason} ${after.kind}`)).toEqual([
        '3000 anna looked off',
        '2000 bert looking on',
        '1000 breaker drawdown on',
      ]);
      expect(turns[1]?.after).toEqual({ kind: 'on', reason: 'drawdown', since: 1_000, by: 'breaker', openOrders: 'cancel' });
      expect(new Set(turns.map(({ id }) => id)).size).toBe(3);
      expect(await killSwitch.turns('sixty-forty', 2)).toEqual(turns.slice(0, 2));
    });

    it('keeps the turns of everybody who turns it on in one moment', async () => {
      const killSwitch = await makeSwitch();
      const reasons = ['a', 'b', 'c'];
      const turned = await Promise.all(reasons.map((reason, place) => killSwitch.turnOn(undefined, aHalt({ reason, at: place + 1 }))));
      expect(turned.filter(({ wasOn }) => !wasOn)).toHaveLength(1);
      const turns = await killSwitch.turns(undefined, 10);
      expect(turns.map(({ reason }) => reason).sort()).toEqual(reasons);
      expect(await killSwitch.readOne(undefined)).toEqual(turned.find(({ wasOn }) => !wasOn)?.state);
    });
  });
}
