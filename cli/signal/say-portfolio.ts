// The signal of a portfolio: what each sleeve would hold, and the target weights that they come to together.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import type { PortfolioPolicy, Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { ExitState } from '../../shared/core/strategy/exits/exit-memory.ts';
import { tradedSession } from '../../shared/core/strategy/traded-session.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { formatPercent, toFraction } from '../../shared/core/values/weight.ts';
import { decideTargets } from '../../shared/workflow/decide-run.ts';
import { historyOf } from '../../shared/workflow/read-history.ts';
import type { SleevePrices } from '../../shared/workflow/sleeve-prices.ts';
import { soldText } from '../check/portfolio-summary.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import type { Asked } from './say-strategy.ts';
import { type DecisionDocument, decisionDocument, type TimingDocument, timingDocument } from './signal-document.ts';
import { signalExits, withoutExited } from './signal-exits.ts';
import { signalOf } from './signal-of.ts';
import { named } from './signal-prices.ts';
import { decisionText, timingText, titleText, weightsText } from './signal-text.ts';
import { undefinedText } from './undefined-text.ts';

interface SleeveSignal {
  readonly sleeve: Sleeve;
  readonly trace: Trace;
  readonly exits: ExitState | undefined;
  /** What is undefined in words, in the order of the trace. */
  readonly said: readonly string[];
}

interface TargetsDocument {
  readonly weights: Readonly<Record<string, number>>;
  readonly cash: number;
}

type Targets = { readonly kind: 'targets'; readonly targets: TargetsDocument } | { readonly kind: 'undefined'; readonly why: string };

/** @throws CommandFailure, exit 1, where any sleeve is undefined: then nothing would trade. */
export function sayPortfolio(policy: PortfolioPolicy, asked: Asked, output: Output): void {
  const { asOf, prices } = asked;
  const signals = policy.sleeves.map((sleeve): SleeveSignal => {
    const exits = signalExits(sleeve, prices, asOf.date);
    const trace = withoutExited(signalOf(sleeve, prices, asOf.date), exits);
    return { sleeve, trace, exits, said: trace.undefinedParts.map((part) => undefinedText(part, asOf.date, prices)) };
  });
  const targets = targetsOf(policy, signals, asked);
  const document = {
    asOf: asOf.date,
    portfolio: policy.name,
    anchor: prices.anchor,
    prices: prices.source,
    cashReserve: toFraction(policy.cashReserve),
    sleeves: signals.map((signal) => sleeveDocument(signal, asOf.date)),
    targets: targets.kind === 'targets' ? targets.targets : null,
  };
  if (targets.kind === 'undefined') {
    const message = `no targets: ${targets.why}`;
    if (output.json) output.result({ error: { code: 'undefined-data', message, problems: [] }, ...document }, '');
    else if (asked.isExplained) output.result(document, portfolioText(policy, signals, undefined, asked, output.colors));
    throw new CommandFailure('undefined-data', message, { exitCode: 1 });
  }
  output.result(document, portfolioText(policy, signals, targets.targets, asked, output.colors));
  for (const { sleeve, said } of signals) for (const line of said) output.note(`left out in sleeve ${sleeve.name}: ${line}`);
}

/** By the decision path of a run, once every sleeve has weights of its own: as if each took its new weights. */
function targetsOf(policy: PortfolioPolicy, signals: readonly SleeveSignal[], { asOf, prices }: Asked): Targets {
  const stopped = signals.filter(({ trace }) => trace.weights === null);
  if (stopped.length > 0) return { kind: 'undefined', why: stopped.map(stopText).join('; ') };
  const history = historyOf(
    prices,
    policy.sleeves.map(({ strategy }) => strategy),
  );
  const pricesOf = ({ decideOn }: Sleeve): SleevePrices => {
    const day = { asOf: asOf.date, session: tradedSession(decideOn, asOf.date) ?? asOf.date };
    return { history, day, refused: new Map() };
  };
  // Nothing but what the exits have ended is known of earlier decisions.
  const priorStates = Object.fromEntries(
    signals.flatMap(({ sleeve, exits }) =>
      exits === undefined ? [] : [[sleeve.name, { anchor: prices.anchor, asOf: asOf.date, memories: {}, exits }] as const],
    ),
  );
  const decided = decideTargets(policy, pricesOf, priorStates, quadraticSolver);
  if (decided.kind === 'weights') return { kind: 'targets', targets: targetsDocument(decided.targets) };
  if (decided.kind === 'leveraged') {
    const message = `sleeve ${decided.sleeve}: its positions are ${formatPercent(decided.gross)} of its capital, and a run refuses that`;
    throw new CommandFailure('leveraged-decision', message, { exitCode: 1 });
  }
  return { kind: 'undefined', why: `sleeve ${decided.sleeve}: ${decided.metric} of ${decided.symbol} ${decided.detail}` };
}

function stopText({ sleeve, trace, said }: SleeveSignal): string {
  const stopping = said.filter((_, place) => trace.undefinedParts[place]?.stops === true);
  return `sleeve ${sleeve.name}: ${named(stopping, '; ')}`;
}

function targetsDocument({ weights, cash }: TargetWeights): TargetsDocument {
  return { weights: Object.fromEntries(weights.map(({ symbol, weight }) => [symbol, toFraction(weight)])), cash: toFraction(cash) };
}

function sleeveDocument(
  { sleeve, trace, exits }: SleeveSignal,
  asOf: NewYorkDate,
): { name: string; capital: number } & TimingDocument & DecisionDocument {
  return {
    name: sleeve.name,
    capital: toFraction(sleeve.capital),
    ...timingDocument(sleeve.decideOn, asOf),
    ...decisionDocument(trace, exits),
  };
}

function portfolioText(
  policy: PortfolioPolicy,
  signals: readonly SleeveSignal[],
  targets: TargetsDocument | undefined,
  { asOf, prices, isExplained }: Asked,
  colors: Output['colors'],
): string {
  const sleeves = signals.map(({ sleeve, trace, exits }) => {
    const title = `${colors.bold(`Sleeve ${sleeve.name}`)}, ${formatPercent(sleeve.capital)} of the capital, ${timingText(timingDocument(sleeve.decideOn, asOf.date))}`;
    return `${title}\n${decisionText({ ...trace, isExplained, exits }, prices, colors)}`;
  });
  const { name, cashReserve } = policy;
  const reserve = cashReserve === 0n ? '' : `, at least ${formatPercent(cashReserve)} of them cash`;
  const blended =
    targets === undefined ? [] : [`${colors.bold('Target weights')}${reserve}\n${weightsText(targets.weights, targets.cash, colors)}`];
  const sold = policy.unowned === 'sell' ? [`${colors.bold('Unowned')} ${soldText(policy)}`] : [];
  return [titleText(name, asOf, prices, colors), ...sleeves, ...blended, ...sold].join('\n\n');
}
