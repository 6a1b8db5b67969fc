// What makes the result doubtful: first what was found in this backtest, then what its prices cannot say.
import type { Warning } from '../../backtest/warnings.ts';
import { type DataLimit, dataLimits } from '../data-limits.ts';
import { type Html, html } from '../html.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

const TITLES: Readonly<Record<(Warning | DataLimit)['code'], string>> = {
  'live-override': 'Live by override',
  'refused-runs': 'Refused runs',
  breaker: 'Stopped by its breaker',
  'left-out': 'Left out until later',
  'missing-closes': 'Missing closes',
  ended: 'Closes that end',
  'no-price': 'No price',
  'crypto-costs': 'Costs of coins',
  'unpriced-fees': 'Unpriced fees',
  'no-volumes': 'No volumes',
  'short-history': 'Short history',
  'few-rebalances': 'Few trades',
  'unsettled-cash': 'Unsettled cash',
  survivorship: 'Survivorship',
  'look-ahead': 'Adjusted prices',
  'same-close': 'Same-close fills',
};

export function warningsSection({ result, extras }: Sheet): Section {
  const all = [...extras.warnings, ...dataLimits(result, extras)];
  return {
    id: 'warnings',
    word: 'Warnings',
    title: 'Before you believe it',
    body: html`<ul class="warnings">${all.map(warningMarkup)}</ul>`,
  };
}

function warningMarkup({ code, detail }: Warning | DataLimit): Html {
  const said = /[.!?]$/.test(detail) ? detail : `${detail}.`;
  return html`<li><strong>${TITLES[code]}</strong> ${said.charAt(0).toUpperCase()}${said.slice(1)}</li>
`;
}
