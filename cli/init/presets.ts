// The portfolios that init can begin with: fixed weights that anybody can change by hand.

export interface Preset {
  readonly name: string;
  /** For the list to choose from. */
  readonly about: string;
  readonly description: string;
  /** Symbol, weight in percent, and what it is. They sum to 100. */
  readonly weights: readonly (readonly [symbol: string, percent: number, is: string])[];
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'sixty-forty',
    about: '60 % US shares, 40 % US bonds',
    description: '60 % US shares, 40 % US bonds',
    weights: [
      ['VTI', 60, 'all US shares'],
      ['BND', 40, 'all US bonds'],
    ],
  },
  {
    name: 'golden-butterfly',
    about: 'five equal fifths for every season',
    description: 'Five equal fifths for every season',
    weights: [
      ['VTI', 20, 'all US shares'],
      ['IWN', 20, 'small and cheap US shares'],
      ['TLT', 20, 'Treasuries of more than 20 years'],
      ['SHY', 20, 'Treasuries of 1 to 3 years'],
      ['GLD', 20, 'gold'],
    ],
  },
  {
    name: 'all-weather',
    about: 'shares, long and middling Treasuries, gold, raw materials',
    description: 'Shares, Treasuries, gold and raw materials',
    weights: [
      ['VTI', 30, 'all US shares'],
      ['TLT', 40, 'Treasuries of more than 20 years'],
      ['IEF', 15, 'Treasuries of 7 to 10 years'],
      ['GLD', 7.5, 'gold'],
      ['DBC', 7.5, 'raw materials'],
    ],
  },
];

export const SCHEDULES = {
  monthly: { every: 'month', on: 'last', says: 'the last session of the month' },
  quarterly: { every: 'quarter', on: 'last', says: 'the last session of the quarter' },
  weekly: { every: 'week', on: 'last', says: 'the last session of the week' },
  daily: { every: 'day', on: undefined, says: 'every session; inside the band nothing is traded' },
} as const;
export type ScheduleName = keyof typeof SCHEDULES;
