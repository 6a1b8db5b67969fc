// What a redrive would do, for people and as data.
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { Action } from '../../shared/core/execution/observation.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { ExecutionStanding } from '../../shared/ports/executions.ts';
import type { TurnPreview } from '../../shared/workflow/preview-turn.ts';
import type { RedriveStep } from '../../shared/workflow/redrive-step.ts';
import { shortId } from '../dlq/read-letters.ts';
import type { Output } from '../output.ts';
import { instantText } from '../switch/switch-text.ts';
import { workingOrders, workingOrderText } from '../switch/working-orders.ts';
import { visibleText } from '../visible-text.ts';
import type { Foreseen } from './foresee.ts';

export function foreseenDocument({ runId, record, standing, step, letters, next, override }: Foreseen) {
  return {
    runId,
    phase: record?.phase.kind ?? null,
    ordersOut: record === undefined ? [] : workingOrders(record),
    execution: standing,
    step,
    next: next === undefined || typeof next === 'string' ? { unknown: next ?? null } : { ...next, actions: next.actions.map(actionText) },
    letters: letters.map(({ id, hop, error }) => ({ id, hop, error })),
    ...(override === undefined ? {} : { override }),
  };
}

export function foreseenText({ runId, record, standing, step, letters, next, override }: Foreseen, colors: Output['colors']): string {
  const out = record === undefined ? [] : workingOrders(record);
  return [
    colors.bold(runId),
    `  record       ${record === undefined ? 'none: nobody has begun to plan it' : `${record.phase.kind}, written ${instantText(record.updatedAt)}`}`,
    `  orders out   ${out.length === 0 ? 'none on record' : out.map(workingOrderText).join('\n               ')}`,
    `  execution    ${standingText(standing)}`,
    ...letters.map(
      (letter) => `  dead letter  ${shortId(letter)} ${letter.hop}: ${visibleText(`${letter.error.name}: ${letter.error.message}`, 200)}`,
    ),
    `  would do     ${stepText(step)}`,
    ...(next === undefined ? [] : [`  next turn    ${nextText(next)}`]),
    ...(override === undefined ? [] : [`  real money   ${overrideText(override)}`]),
    ...(step.kind === 'none' ? [] : ['  twice?       no: a turn starts from the record, and the broker takes each order name once']),
  ].join('\n');
}

function standingText(standing: ExecutionStanding): string {
  if (standing.kind !== 'stopped') return standing.kind.replace('-', ' ');
  return `stopped (${standing.how}${standing.error === undefined ? '' : `: ${visibleText(standing.error, 200)}`})`;
}

function stepText(step: RedriveStep): string {
  switch (step.kind) {
    case 'send-event':
      return `send the event of ${instantText(step.scheduledTime)} once more; the slot is open until ${instantText(step.until)}`;
    case 'start':
      return 'start the execution, which nobody has started';
    case 'redrive':
      return 'redrive the execution: it goes on in the state in which it stopped';
    case 'start-anew':
      return `start another execution of it, which begins from the record; the first cannot go on: ${visibleText(step.because, 200)}`;
    case 'none':
      return `nothing: ${step.detail}`;
  }
}

function nextText(next: TurnPreview | string): string {
  if (typeof next === 'string') return `cannot be foreseen, and would fail as well if nothing changes: ${visibleText(next, 200)}`;
  const stop = next.stop === undefined ? [] : [`sends nothing more (${next.stop.code})`];
  const end = next.ends ? ['counts what was filled and ends the run'] : [];
  const words = [...stop, ...next.actions.map(actionText), ...end];
  return words.length === 0 ? 'waits: its orders work, and nothing is to be sent' : words.join('\n               ');
}

function actionText(action: Action): string {
  if (action.kind === 'cancel') return `cancel order ${action.orderId}`;
  const { side, quantity, symbol, limitPrice, clientOrderId } = action.intent;
  return `send ${side} ${formatShares(quantity)} ${symbol} at ${formatUsd(limitPrice)}, as ${clientOrderId}`;
}
