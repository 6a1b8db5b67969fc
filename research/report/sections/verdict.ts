// The verdict on a hypothesis: its word, what that word means, why, and what it is bound to. Of one that is refused, only why.

import { VERDICT_MEANS } from '../../validation/verdict/verdict-means.ts';
import { dataTable } from '../data-table.ts';
import { type Html, html } from '../html.ts';
import type { RefusedVerdict, TakenVerdict } from '../report-inputs.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

/** Undefined where nobody judged. */
export function verdictSection({ extras: { verdict } }: Sheet): Section | undefined {
  if (verdict === undefined) return undefined;
  const body = verdict.kind === 'verdict' ? takenMarkup(verdict) : refusedMarkup(verdict);
  return { id: 'verdict', word: 'Verdict', title: 'Verdict', body };
}

function takenMarkup({ word, hypothesis, claim, reasons, hashes, key, doubts, costs, warnings, judged }: TakenVerdict): Html {
  return html`<p class="verdict ${word.toLowerCase()}"><strong>${word}</strong> ${VERDICT_MEANS[word]}</p>
${lead(html`<b>${hypothesis}</b>: ${claim}`)}
${reasons.length === 0 ? null : html`<ul class="reasons">${reasons.map(({ code, detail }) => html`<li><b>${code}</b> ${detail}</li>`)}</ul>`}
${costs === undefined ? null : html`<p>Net of ${costs}.</p>`}
${warnings.length === 0 ? null : html`<ul class="reasons">${warnings.map(({ code, detail }) => html`<li><b>${code}</b> ${detail}</li>`)}</ul>`}
<p class="signature"><span class="mark held"><span aria-hidden="true">✓</span> Signed</span> ${judged}. Its signature was checked and holds, under the public key <code>${key}</code>, and it is on exactly this strategy.</p>
${doubts.map((doubt) => html`<p class="signature"><span class="mark failed"><span aria-hidden="true">✗</span> Not as this report</span> ${doubt}</p>`)}
${dataTable({ caption: 'What the verdict is bound to', isCaptionShown: true, heads: ['Of', 'Hash'], texts: [1], rows: Object.entries(hashes).map(([of, hash]) => [of, html`<code>${hash}</code>`]) })}
`;
}

function refusedMarkup({ code, detail }: RefusedVerdict): Html {
  return html`<p class="verdict refused"><strong>Refused</strong> ${detail}</p>
<p class="signature"><span class="mark failed"><span aria-hidden="true">✗</span> ${code}</span> What the file says is not repeated here. Nothing may be traded by it.</p>
`;
}
