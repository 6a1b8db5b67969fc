// Why a symbol was traded in a run or not, for people: one step under the other, in the order in which it was decided.
import type { WhySymbol } from '../../shared/workflow/why-symbol.ts';
import type { Output } from '../output.ts';
import { traceText } from '../signal/trace-text.ts';
import { wrappedText } from '../wrapped-text.ts';
import { dollarsText, figuresText, percentText } from './money-text.ts';
import { shortfallText } from './run-text.ts';
import type { WhyDocument } from './why-document.ts';

type Colors = Output['colors'];

/** Room for the names of the steps. */
const NAME = 10;

const TURN_TEXTS: Readonly<Record<string, string>> = {
  'every-run': 'takes its new weights in every run',
  first: 'takes its new weights for the first time',
  period: 'takes its new weights: a new period has begun',
  corridor: 'takes its new weights: one left its corridor',
  branch: 'takes its new weights: another branch was taken',
  exit: 'holds what it has, without what an exit ended',
  held: 'holds what it has: it is not due',
};

export function whyText(why: WhyDocument, { sleeves }: WhySymbol, colors: Colors): string {
  const { bold } = colors;
  const steps = [...seenLines(why), ...sleeveLines(why), ...decisionLines(why), ...planLines(why, colors), ...afterLines(why, colors)];
  const traces = sleeves.flatMap(({ name, trace }) =>
    trace === undefined ? [] : [`${bold(`How sleeve ${name} decided`)}\n${traceText(trace, colors)}`],
  );
  return [`${bold(`${why.symbol} in ${why.runId}`)}  ${answerText(why, colors)}`, steps.join('\n'), ...traces].join('\n\n');
}

function answerText({ answer }: WhyDocument, { green, yellow }: Colors): string {
  if (answer === 'traded') return green('traded');
  return yellow(answer === 'partly-traded' ? 'partly traded' : `not traded: ${answer}`);
}

function step(name: string, text: string): string {
  return wrappedText(name.padEnd(NAME), text);
}

function seenLines({ seen, symbol }: WhyDocument): string[] {
  if (seen === null) return [step('seen', 'nothing: the run was refused before it looked at the market')];
  const { position, isOurs, quote } = seen;
  const priced = quote === null ? 'no quote' : `bid ${quote.bid}, ask ${quote.ask}, ${(quote.ageMs / 1000).toFixed(1)} s old`;
  const whose = isOurs ? '' : `; no sleeve may hold ${symbol}, so it was left alone`;
  return [step('seen', `${position} held; ${priced}${whose}`)];
}

function sleeveLines({ sleeves }: WhyDocument): string[] {
  return sleeves.map(({ name, capital, turn, exit, leftOut }) => {
    const parts = [
      turn === null ? 'decided' : (TURN_TEXTS[turn] ?? turn),
      ...(exit === null ? [] : [`its exit ${exit.by} was touched at the close of ${exit.touched}`]),
      ...(leftOut === null ? [] : [`left out: ${leftOut.metric} was ${leftOut.why}`]),
    ];
    return step('sleeve', `${name}, ${percentText(capital)} of the capital, ${parts.join('; ')}`);
  });
}

function decisionLines({ line, seen, ending }: WhyDocument): string[] {
  if (line === null) return seen === null || ending === null ? [] : [step('decided', 'no target weight came of it')];
  const { weight, target, drift, band, isInside } = line;
  const at = `weight ${percentText(weight)}, target ${percentText(target)}`;
  return [step('decided', `${at}: drift ${percentText(drift)}, ${isInside ? 'inside' : 'outside'} its band of ${percentText(band)}`)];
}

function planLines({ plan, trade, skipped, review }: WhyDocument, { yellow, red }: Colors): string[] {
  if (plan === null) return [];
  const why = plan.isForced ? 'the plan was forced' : plan.isTriggered ? 'something was outside its band' : 'nothing was outside its band';
  const planned =
    trade === null ? 'no trade' : `${trade.side} ${trade.quantity} at ${trade.arrival}, ${dollarsText(trade.notional)} dollars`;
  const lines = [step('planned', `${why}: ${planned}`)];
  for (const { code, figures } of skipped) lines.push(yellow(step('skipped', `${code}${inBrackets(figuresText(figures))}`)));
  if (review === null) return lines;
  const said = review.kind === 'approved' ? 'approved' : red(`denied: ${review.code}${inBrackets(figuresText(review.figures))}`);
  return [...lines, step('reviewed', said)];
}

function afterLines(why: WhyDocument, { yellow }: Colors): string[] {
  const { filled, trade, residual, shortfall, driftAfter, ending } = why;
  return [
    ...(filled === null || trade === null ? [] : [step('filled', `${filled} of ${trade.quantity}`)]),
    ...(residual === null
      ? []
      : [yellow(step('left', `${residual.quantity}: ${residual.code}${inBrackets(figuresText(residual.figures))}`))]),
    ...(shortfall === null ? [] : [step('shortfall', shortfallText(shortfall))]),
    ...(driftAfter === null ? [] : [step('after', `drift ${percentText(driftAfter)}`)]),
    ...(ending === null
      ? []
      : [
          step(
            'ended',
            [[ending.kind, ending.code].flatMap((word) => word ?? []).join(' '), ending.detail].filter((text) => text !== '').join(': '),
          ),
        ]),
  ];
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`;
}
