// The verdict on a hypothesis: its word, what that word means, why, and what it is bound to.

import type { VerdictWord } from '../../validation/verdict/judge.ts';
import { dataTable } from '../data-table.ts';
import { html } from '../html.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

const MEANINGS: Readonly<Record<VerdictWord, string>> = {
  SCALE: 'Every check that was agreed on before holds. It may be traded, and watched.',
  ITERATE: 'Neither good enough nor hopeless. Another attempt counts as another trial.',
  KILL: 'Two independent kinds of evidence speak against it. It should not be traded.',
  INSUFFICIENT: 'The record is too short to say anything. More time is needed, not more attempts.',
};

/** Undefined where nobody judged. */
export function verdictSection({ extras: { verdict } }: Sheet): Section | undefined {
  if (verdict === undefined) return undefined;
  const { word, hypothesis, claim, reasons, hashes, isSigned, override } = verdict;
  return {
    id: 'verdict',
    word: 'Verdict',
    title: 'Verdict',
    body: html`<p class="verdict ${word.toLowerCase()}"><strong>${word}</strong> ${MEANINGS[word]}</p>
${lead(html`<b>${hypothesis}</b>: ${claim}`)}
${reasons.length === 0 ? null : html`<ul class="reasons">${reasons.map(({ code, detail }) => html`<li><b>${code}</b> ${detail}</li>`)}</ul>`}
${override === undefined ? null : html`<p class="override"><strong>Overridden</strong> by ${override.by}: ${override.reason}</p>`}
${dataTable({ caption: 'What the verdict is bound to', isCaptionShown: true, heads: ['Of', 'Hash'], texts: [1], rows: Object.entries(hashes).map(([of, hash]) => [of, html`<code>${hash}</code>`]) })}
<p class="note">${isSigned ? 'Its signature was checked and holds.' : 'It is not signed: nothing may be traded by it.'}</p>
`,
  };
}
