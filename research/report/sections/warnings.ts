// What makes the result doubtful: first what was found in this backtest, then what its prices cannot say.
import { dataLimits } from '../data-limits.ts';
import { type Html, html } from '../html.ts';
import type { ReportedWarning } from '../report-inputs.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

const TITLES: Readonly<Record<string, string>> = {
  'live-override': 'Live by override',
  'refused-runs': 'Refused runs',
  'missing-closes': 'Missing closes',
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

function warningMarkup({ code, detail }: ReportedWarning): Html {
  const said = /[.!?]$/.test(detail) ? detail : `${detail}.`;
  return html`<li><strong>${TITLES[code] ?? code}</strong> ${said.charAt(0).toUpperCase()}${said.slice(1)}</li>
`;
}
