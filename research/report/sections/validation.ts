// What the checks of a validation found, each with what it asks and what it wanted.
import { dataTable } from '../data-table.ts';
import { count, counted, percent, plain } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { ReportedCheck } from '../report-inputs.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

/** Undefined where nothing was validated. */
export function validationSection({ extras: { validation } }: Sheet): Section | undefined {
  if (validation === undefined) return undefined;
  const { checks, trials } = validation;
  const of = (holds: boolean | null): number => checks.filter((check) => check.holds === holds).length;
  const told = of(null) === 0 ? '' : `, ${of(null)} could not be told`;
  return {
    id: 'validation',
    word: 'Validation',
    title: 'Validation',
    body: html`${lead(`${trialsText(trials)} Of ${counted(checks.length, 'check')}, ${of(true)} held and ${of(false)} did not${told}.`)}
${dataTable({ caption: 'Checks', heads: ['Check', 'Found', 'Wanted', 'Result'], texts: [2, 3], rows: checks.map(rowOf) })}`,
  };
}

function trialsText(trials: number | null): string {
  if (trials === null) return 'Nobody counted what was tried before: the more there was, the less all of this says.';
  return `${counted(trials, 'trial')} counted, the discarded ones too.`;
}

function rowOf({ name, question, value, unit, wanted, holds }: ReportedCheck): readonly (Html | string)[] {
  return [html`${name}<small>${question}</small>`, figure(value, unit), wanted, mark(holds)];
}

function figure(value: number | null, unit: ReportedCheck['unit']): string {
  if (value === null) return plain(null);
  if (unit === 'part') return percent(value);
  if (unit === 'count') return count(value);
  return unit === 'years' ? `${plain(value, 1)} years` : plain(value, unit === 'probability' ? 3 : 2);
}

function mark(holds: boolean | null): Html {
  const [sign, kind, word] = holds === null ? ['?', 'unknown', 'not known'] : holds ? ['✓', 'held', 'holds'] : ['✗', 'failed', 'fails'];
  return html`<span class="mark ${kind}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
