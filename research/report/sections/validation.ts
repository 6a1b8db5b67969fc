// What the checks of a validation found, each with what it asks and what it wanted; then what else was tried.
import { dataTable } from '../data-table.ts';
import { count, counted, percent, plain } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { CheckKind, ReportedCheck, ReportedFamily, ReportedValidation } from '../report-inputs.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

const KINDS: Readonly<Record<CheckKind, string>> = {
  chance: 'Is it more than chance?',
  dependence: 'What does it hang on?',
  'bad-months': 'How does it do in bad months?',
  search: 'Was it only the best of many tries?',
};
/** Of a family, as many as a person looks through. */
const VARIANTS_SHOWN = 60;

/** Undefined where nothing was validated. */
export function validationSection({ extras: { validation } }: Sheet): Section | undefined {
  if (validation === undefined) return undefined;
  const { checks, trials, family } = validation;
  const kinds = (Object.keys(KINDS) as CheckKind[]).filter((kind) => checks.some((check) => check.kind === kind));
  return {
    id: 'validation',
    word: 'Validation',
    title: 'Validation',
    body: html`${lead(trialsText(trials))}
<ul class="tally">${OUTCOMES.map((outcome) => tallyMarkup(outcome, checks))}</ul>
${kinds.map((kind) => checksMarkup(kind, checks))}${family === undefined ? null : familyMarkup(family)}`,
  };
}

function trialsText(trials: ReportedValidation['trials']): string {
  if (trials === null) return 'Nobody counted what was tried before: the more there was, the less all of this says.';
  if (trials.by === 'ledger') return `${counted(trials.count, 'trial')} counted, the discarded ones too.`;
  return `${counted(trials.count, 'variant')} of it were looked at here; what was tried before, nobody counted.`;
}

const MARKS = {
  held: ['✓', 'holds', 'hold'],
  failed: ['✗', 'fails', 'fail'],
  untold: ['?', 'not known', 'could not be told'],
  unasked: ['–', 'not asked', 'are not asked of it'],
} as const;
type Outcome = keyof typeof MARKS;
const OUTCOMES = Object.keys(MARKS) as Outcome[];

function outcomeOf({ holds, value }: ReportedCheck): Outcome {
  if (holds !== null) return holds ? 'held' : 'failed';
  return value === null ? 'untold' : 'unasked';
}

function tallyMarkup(outcome: Outcome, checks: readonly ReportedCheck[]): Html | null {
  const of = checks.filter((check) => outcomeOf(check) === outcome).length;
  const [sign, one, many] = MARKS[outcome];
  if (of === 0) return null;
  return html`<li class="mark ${outcome}"><span aria-hidden="true">${sign}</span> ${of} ${of === 1 ? one : many}</li>`;
}

/** A list and no table: on a phone each check takes the whole width. */
function checksMarkup(kind: CheckKind, checks: readonly ReportedCheck[]): Html {
  return html`<h3 id="checks-${kind}">${KINDS[kind]}</h3>
<ul class="checks" aria-labelledby="checks-${kind}">${checks.filter((check) => check.kind === kind).map(checkMarkup)}</ul>
`;
}

function checkMarkup(check: ReportedCheck): Html {
  const outcome = outcomeOf(check);
  const [sign, word] = MARKS[outcome];
  const wanted = check.wanted.replaceAll(' %', '\u00a0%');
  return html`<li><b>${check.name}</b> <small>${check.question}</small>
<span class="found"><span class="of">found</span> ${figure(check.value, check.unit)}</span>
<span class="wanted"><span class="of">wanted</span> ${wanted}</span>
<span class="mark ${outcome}"><span aria-hidden="true">${sign}</span> ${word}</span></li>
`;
}

function figure(value: number | null, unit: ReportedCheck['unit']): string {
  if (value === null) return plain(null);
  if (unit === 'part') return percent(value);
  if (unit === 'count') return count(value);
  return unit === 'years' ? `${plain(value, 1)} years` : plain(value, unit === 'probability' ? 3 : 2);
}

function familyMarkup({ says, variants, refused }: ReportedFamily): Html {
  const best = variants.toSorted((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity));
  const shown = best.filter(({ isChosen }, place) => place < VARIANTS_SHOWN || isChosen);
  const table = dataTable({
    caption: 'Every variant, the best first',
    isCaptionShown: true,
    heads: ['Values', 'CAGR', 'Sharpe', 'Largest fall', 'p', 'p, adjusted'],
    rows: shown.map(({ name, isChosen, cagr, sharpe, maxDrawdown, p, adjustedP }) => [
      isChosen ? html`<strong>${name}</strong> (this report)` : name,
      percent(cagr),
      plain(sharpe),
      percent(maxDrawdown),
      plain(p, 3),
      plain(adjustedP, 3),
    ]),
  });
  const left = variants.length - shown.length;
  return html`<h3>The variants</h3>
${lead(says)}
<div class="tall">${table}</div>
${left === 0 ? null : html`<p class="note">${counted(left, 'variant')} below them are not shown.</p>`}
${refused.length === 0 ? null : html`<ul class="reasons">${refused.map(({ code, detail }) => html`<li><b>${code}</b> refused: ${detail}</li>`)}</ul>`}`;
}
