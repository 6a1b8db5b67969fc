// Trees to begin with that are no ready-made strategy: the language by small examples.

export interface LanguageTemplate {
  readonly kind: string;
  readonly about: string;
  /** As it stands below `tree:`. */
  readonly tree: string;
}

export const LANGUAGE_TEMPLATES: readonly LanguageTemplate[] = [
  {
    kind: 'tree',
    about: 'A condition and two rankings: the strongest while the trend is up, otherwise the calmest.',
    tree: `  if:
    # gt, gte, lt, lte and eq compare two sides, each a number or a metric of a symbol.
    # all: [...], any: [...] and not: combine conditions.
    when: { gt: [{ current-price: SPY }, { moving-average-price: [SPY, 200] }] }
    then:
      # The best by the metric share equally. A candidate may be any strategy.
      filter: { top: 2, by: { cumulative-return: 126 }, of: [SPY, EFA, EEM] }
    # Always written out: a symbol, the word cash, or any other strategy.
    else:
      filter: { bottom: 1, by: { stdev-return: 20 }, of: [BIL, IEF, GLD] }`,
  },
  {
    kind: 'specified',
    about: 'Fixed weights, of symbols and of strategies.',
    tree: `  # Percentages that sum to exactly 100%. Of symbols alone it is shorter: { SPY: 60%, IEF: 40% }.
  specified:
    - { weight: 40%, of: IEF }
    - weight: 50%
      of:
        # Each in proportion to 1 / the deviation of its daily returns over the window.
        inverse-volatility: { window: 60, of: [SPY, EFA, GLD] }
    - { weight: 10%, of: cash }`,
  },
  {
    kind: 'volatility-target',
    about: 'Less of a strategy where it moves more, the rest in cash.',
    tree: `  volatility-target:
    # The volatility of a year that is aimed at. There is no leverage: at most all is held.
    annual: 10%
    # Daily returns that the realised volatility is measured over.
    window: 20
    # A symbol or any strategy, which is measured as a whole.
    of:
      specified: { SPY: 60%, IEF: 40% }`,
  },
];
