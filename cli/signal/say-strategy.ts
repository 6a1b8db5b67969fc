// The signal of one strategy: its weights, or what is undefined.
import type { AssetClass } from '../../shared/core/market/asset-calendar.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import type { AsOf } from './as-of.ts';
import { decisionDocument, timingDocument } from './signal-document.ts';
import { signalExits, withoutExited } from './signal-exits.ts';
import { signalOf } from './signal-of.ts';
import { named, type SignalPrices } from './signal-prices.ts';
import { decisionText, timingText, titleText } from './signal-text.ts';
import type { Subject } from './subject.ts';
import { undefinedText } from './undefined-text.ts';

export interface Asked {
  readonly asOf: AsOf;
  readonly prices: SignalPrices;
  /** On whose days it is decided. */
  readonly calendar: AssetClass;
  readonly isExplained: boolean;
}

/** @throws CommandFailure, exit 1, where the decision is undefined. */
export function sayStrategy(
  subject: Extract<Subject, { kind: 'strategy' }>,
  { asOf, prices, calendar, isExplained }: Asked,
  output: Output,
): void {
  const { name } = subject;
  const exits = signalExits(subject, prices, asOf.date, calendar);
  const trace = withoutExited(signalOf(subject, prices, asOf.date, calendar), exits);
  const said = trace.undefinedParts.map((part) => undefinedText(part, asOf.date, prices));
  const { anchor, source } = prices;
  const timing = timingDocument(subject.decideOn, asOf.date, calendar);
  const document = { asOf: asOf.date, strategy: name, ...timing, anchor, prices: source, ...decisionDocument(trace, exits) };
  const title = `${titleText(name, asOf, prices, output.colors)}\n${output.colors.dim(timingText(timing))}`;
  const text = [title, decisionText({ ...trace, isExplained, exits }, prices, output.colors)].join('\n\n');
  if (trace.weights === null) {
    const stopping = said.filter((_, place) => trace.undefinedParts[place]?.stops === true);
    const message = `no weights: ${named(stopping, '; ')}`;
    if (output.json) output.result({ error: { code: 'undefined-data', message, problems: [] }, ...document }, '');
    else if (isExplained) output.result(document, text);
    throw new CommandFailure('undefined-data', message, { exitCode: 1 });
  }
  output.result(document, text);
  for (const line of said) output.note(`left out: ${line}`);
}
