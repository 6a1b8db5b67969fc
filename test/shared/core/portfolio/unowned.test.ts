import { describe, expect, it } from 'vitest';
import { judgeUnowned, unownedAmong } from '../../../../shared/core/portfolio/unowned.ts';
import { shares } from '../../../../shared/core/values/shares.ts';

const held = (symbol: string, quantity: string) => ({ symbol, quantity: shares(quantity), available: shares(quantity) });
const listed = (symbol: string, said: object = {}) => ({ symbol, isTradable: true, ...said });

describe('a position that no sleeve names', () => {
  it('is found among all of the account, ascending', () => {
    const positions = [held('TSLA', '7.5'), held('SPY', '80'), held('GME', '1')];
    expect(unownedAmong(positions, ['SPY']).map(({ symbol }) => symbol)).toEqual(['GME', 'TSLA']);
  });

  it('is sold where it is certainly a long position in a share that trades', () => {
    expect(judgeUnowned(held('GME', '7.5'), listed('GME'), false)).toEqual({ symbol: 'GME' });
  });

  it.each([
    ['short', held('GME', '-5'), listed('GME')],
    ['an option', held('AAPL261218C00200000', '1'), undefined],
    ['crypto that looks like a share', held('BTCUSD', '0.5'), listed('BTCUSD', { class: 'other' })],
    ['nothing that the broker lists', held('GONE', '5'), undefined],
  ])('is not understood where it is %s', (_, position, asset) => {
    expect(judgeUnowned(position, asset, false)).toEqual({ symbol: position.symbol, kept: 'not-understood' });
  });

  it('is left alone while it cannot be traded', () => {
    expect(judgeUnowned(held('GME', '5'), listed('GME', { isTradable: false }), false)).toMatchObject({ kept: 'not-tradable' });
  });

  it('is left to whoever has an open order in it', () => {
    expect(judgeUnowned(held('GME', '5'), listed('GME'), true)).toMatchObject({ kept: 'quantity-held' });
  });
});
