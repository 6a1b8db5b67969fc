// Defects that somebody could have written into the product, each as a textual patch of its source. The simulation must
// find every one: what it does not find, it does not guard against. Pure text, so that nothing of the product is loaded.
export interface Patch {
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

export interface Defect {
  readonly name: string;
  readonly patches: readonly Patch[];
}

const ACT = 'shared/workflow/act.ts';
const RUN = 'shared/workflow/execution-run.ts';
const FOLLOW = 'shared/core/execution/follow-order.ts';
const START = 'shared/core/execution/start-orders.ts';
const MONEY = 'shared/core/execution/money.ts';
const REVIEW = 'shared/core/risk/review-submission.ts';
const COUNT = 'shared/core/ledger/count-fills.ts';

const SAVE = "if ((await ports.runStore.save(next)) === 'stale') {";
const SUBMIT_SWITCH = `  const killSwitch = await ports.killSwitch.read(portfolio);
  if (killSwitch.kind === 'on') return { kind: 'withheld', because: 'kill-switch' };
`;
const PRICE_SWITCH = `    const killSwitch = await ports.killSwitch.read(portfolio);
    if (killSwitch.kind === 'on' && killSwitch.openOrders === 'keep') return;
`;

export const DEFECTS: readonly Defect[] = [
  one(
    'an order that is not found is sent again under a new id',
    FOLLOW,
    '  const attempts = stage.attempts + 1;\n',
    "  if (stage.attempts > 1) return { leg: { ...leg, stage: { kind: 'waiting', peg: stage.peg + 1, quoteTries: 0 } }, actions: [] };\n  const attempts = stage.attempts + 1;\n",
  ),
  one(
    'the version of the record is ignored',
    RUN,
    SAVE,
    "const latest = await ports.runStore.load(runId);\n      if ((await ports.runStore.save({ ...next, version: (latest?.version ?? record.version) + 1 })) === 'stale') {",
  ),
  one('a stale save is taken for a success', RUN, SAVE, "if ((await ports.runStore.save(next)) === 'stale' && pass < 0) {"),
  one(
    'orders are sent before the record is written',
    RUN,
    SAVE,
    `await act(record.portfolio, turn.state, turn.actions, ports);\n      ${SAVE}`,
  ),
  one(
    'a cancel request counts as the end of an order',
    FOLLOW,
    "  if (move === 'close') return",
    "  if (move === 'close' || order.status === 'canceling') return",
  ),
  one('the kill switch is not read before a submission', ACT, SUBMIT_SWITCH, ''),
  one('the kill switch is not read before an order is canceled for its price', ACT, PRICE_SWITCH, ''),
  one(
    'an order is canceled for its price though orders are to be kept',
    ACT,
    PRICE_SWITCH,
    '    await ports.killSwitch.read(portfolio);\n',
  ),
  one(
    'a kill switch that cannot be read counts as off',
    ACT,
    SUBMIT_SWITCH,
    SUBMIT_SWITCH.replace('.read(portfolio)', ".read(portfolio).catch(() => ({ kind: 'off' as const }))"),
  ),
  one(
    'limits are rounded out of the collar',
    'shared/core/execution/limit-price.ts',
    "side === 'buy' ? 'floor' : 'ceil');\n}",
    "side === 'buy' ? 'ceil' : 'floor');\n}",
  ),
  one(
    'the last price step ignores the collar',
    'shared/core/execution/limit-price.ts',
    '  const collar = collarLimit(side, arrival, rules.collarBps);\n',
    "  if (isAtTouch) return toTick(wanted, side === 'buy' ? 'ceil' : 'floor');\n  const collar = collarLimit(side, arrival, rules.collarBps);\n",
  ),
  one(
    'the remainder is what was planned, not what is left',
    'shared/core/execution/leg.ts',
    'return leg.quantity - leg.unfunded - filledQuantity(leg);',
    'return leg.quantity - leg.unfunded;',
  ),
  one(
    'buys do not wait for the sells',
    'shared/core/execution/advance.ts',
    "legs.every((leg) => !reduces(leg) || leg.stage.kind === 'done')",
    "legs.every((leg) => !reduces(leg) || leg.stage.kind !== 'waiting')",
  ),
  {
    name: 'the deadline is ignored',
    patches: [
      { file: ACT, find: '  if (ports.clock.now() >= state.deadline) return', replace: '  if (ports.clock.now() >= state.close) return' },
      { file: 'shared/core/execution/stop.ts', find: '  if (now >= state.deadline) return', replace: '  if (now >= state.close) return' },
    ],
  },
  one(
    'the time is not looked at before a submission',
    ACT,
    "  if (ports.clock.now() >= state.deadline) return { kind: 'withheld', because: 'deadline' };\n",
    '',
  ),
  one(
    'the age of a quote is ignored',
    START,
    'const refusal = refuseQuote(quote, now, state.rules.quote);',
    'const refusal = refuseQuote(quote, quote?.at ?? now, state.rules.quote);',
  ),
  one(
    'an order under our id that somebody else sent is taken for ours',
    'shared/core/execution/order-transition.ts',
    "  if (!isOurs) return 'foreign';\n",
    '',
  ),
  one(
    'an order is sent beside one of somebody else on the other side',
    REVIEW,
    "return opposite === undefined ? undefined : denied('wash-trade'",
    "return opposite !== '' ? undefined : denied('wash-trade'",
  ),
  one(
    'what somebody bought since the plan is not counted',
    REVIEW,
    'const after = held === undefined ? 0n :',
    'const after = held !== 0n ? 0n :',
  ),
  one(
    'the breaker is not asked again before a submission',
    REVIEW,
    '  if (standing === undefined) return undefined;\n',
    '  if (standing === undefined || equity > 0n) return undefined;\n',
  ),
  one(
    'the close of the day before is not looked at again before a submission',
    REVIEW,
    '  if (max === undefined || close === undefined) return undefined;\n',
    '  if (max !== 0n || close === undefined) return undefined;\n',
  ),
  one('the collateral of short positions counts as money', MONEY, 'cash - 2n * (shortValue ?? 0n)', 'cash'),
  one(
    'borrowed money counts as ours',
    MONEY,
    'return smaller(own - live.cost, spendable({ buyingPower }, guard));',
    'return larger(own - live.cost, spendable({ buyingPower }, guard));',
  ),
  one(
    'orders that are out take no money',
    MONEY,
    'return smaller(own - live.cost, spendable({ buyingPower }, guard));',
    'return smaller(own, spendable({ buyingPower }, guard));',
  ),
  one(
    'an order is not cut to the money',
    START,
    'const leg = wanted <= available ? each.leg : cutToMoney(each.leg, spendable, wanted, state);',
    'const leg = wanted <= available + spendable ? each.leg : cutToMoney(each.leg, spendable, wanted, state);',
  ),
  one(
    'unsettled proceeds are spent where only settled cash may be',
    'shared/core/rebalance/plan-rebalance.ts',
    "return settlement?.rule === 'settled-only' ?",
    'return settlement?.settledCash === -1n ?',
  ),
  one('the ledger counts a fill twice', COUNT, 'return larger(recorded, seen);', 'return recorded + seen;'),
  one(
    'a late fill is not counted',
    COUNT,
    "if (change !== 0n) entries.push({ kind: 'late-fill'",
    "if (change !== 0n && before.recorded === 0n) entries.push({ kind: 'late-fill'",
  ),
  one(
    'a trade by hand is explained away',
    'shared/core/ledger/reconcile.ts',
    '  return left.length === 0 && lines.every(({ expected, found }) => expected === found);',
    '  return left.length === 0 || lines.length > 0;',
  ),
  one(
    'an attempt whose answer was lost counts as one that left nothing',
    FOLLOW,
    "(news === undefined || news.kind === 'lost' ? 0 : 1)",
    '(news === undefined ? 0 : 1)',
  ),
  one(
    'a rejected repetition closes the intent',
    FOLLOW,
    '  if (withoutEffect === stage.attempts) {\n',
    "  if (news?.kind === 'rejected') return done(leg, 'rejected', { code: news.code, message: news.message });\n  if (withoutEffect === stage.attempts) {\n",
  ),
  one(
    'a run ends before its orders do',
    'shared/core/execution/state.ts',
    "state.legs.every((leg) => leg.stage.kind === 'done')",
    "state.legs.every((leg) => leg.stage.kind === 'done' || leg.stage.kind === 'canceling')",
  ),
  one(
    'a run is planned however late its event comes',
    'shared/workflow/refuse-start.ts',
    '  if (lateMs > LATE_MS_MAX)',
    '  if (lateMs > 10 * LATE_MS_MAX)',
  ),
  one('a calendar that disagrees is believed', 'shared/workflow/take-snapshot.ts', '  if (calendar !== undefined) return calendar;\n', ''),
  one(
    'orders are sent while the account is blocked',
    'shared/core/execution/stop.ts',
    "  if (seen.account.isBlocked) return { code: 'account-blocked', openOrders: 'cancel' };\n",
    '',
  ),
  one(
    'an order of another size is sent again',
    FOLLOW,
    "    actions: [{ kind: 'submit', intent: stage.intent }],",
    "    actions: [{ kind: 'submit', intent: { ...stage.intent, quantity: remainingQuantity(leg) + 1_000_000_000n } }],",
  ),
  one(
    'the broker is not asked again what became of an order',
    FOLLOW,
    '  if (now >= state.close) return unresolved(leg, stage,',
    '  if (stage.attempts > 2 || now >= state.close) return unresolved(leg, stage,',
  ),
  one(
    'an ended run is opened again',
    RUN,
    "    if (record.phase.kind === 'ended') return endOf(record);\n    if (record.phase.kind !== 'executing')",
    "    if (record.phase.kind === 'ended' && record.phase.execution !== undefined) return end(record, record.phase.execution, ports);\n    if (record.phase.kind === 'ended') return endOf(record);\n    if (record.phase.kind !== 'executing')",
  ),
  one(
    'what no sleeve names is not sold, though the file says so',
    'shared/workflow/decide-run.ts',
    '      else if (quote !== undefined) prices.push({ symbol, value: midOf(quote), isUnowned: true });\n',
    '',
  ),
  one(
    'what no sleeve names is sold before the ledger knows of it',
    'shared/workflow/take-snapshot.ts',
    'reconcileBeforeRun({ ...claim, symbols }, account.accountNumber, ports)',
    'reconcileBeforeRun(claim, account.accountNumber, ports)',
  ),
  one(
    'a slice orders again what earlier ones have filled',
    'shared/core/execution/leg.ts',
    'slices.reduce((sum, { quantity }) => sum + quantity, 0n) - filledQuantity(leg));',
    'slices.reduce((sum, { quantity }) => sum + quantity, 0n));',
  ),
  one(
    'the next slice is sent while the one before is live',
    FOLLOW,
    '  if (peg + 1 >= state.rules.pegsMax) {\n',
    '  if (peg + 1 >= state.rules.pegsMax) {\n    if (hasNextSlice(leg)) return { leg: nextSlice(leg), actions: [] };\n',
  ),
  one(
    'a slice does not wait for its time',
    'shared/core/execution/advance.ts',
    'reduces(leg) !== areReductionsOver && isTime(leg));',
    'reduces(leg) !== areReductionsOver);',
  ),
  one(
    'real money is traded without what clears it',
    'shared/workflow/clear-live.ts',
    'if (uncleared.length > 0 && override === undefined)',
    'if (uncleared.length > 99)',
  ),
  one(
    'a document that nobody known has signed clears real money',
    'shared/contracts/hypothesis/signed-document.ts',
    "return holds ? { kind: 'signed'",
    "return true || holds ? { kind: 'signed'",
  ),
  one(
    'what was said of other code clears this',
    'shared/contracts/hypothesis/live-clearance.ts',
    'if (latest.source !== source)',
    'if (latest.source === source + source)',
  ),
  one(
    'what an exit has ended is bought again',
    'shared/core/strategy/exits/apply-exits.ts',
    '  const kept = taken.weights.filter(({ symbol }) => !out.has(symbol));\n',
    '  const kept = taken.weights;\n',
  ),
  one(
    'a tier is added beyond its cap',
    'shared/core/strategy/exits/add-tiers.ts',
    'smaller(wanted, smaller(cash, (tiers.caps[symbol] ?? 0n) - held))',
    'smaller(wanted, cash)',
  ),
  one(
    'a tier is added that the sleeve has no cash for',
    'shared/core/strategy/exits/add-tiers.ts',
    'smaller(wanted, smaller(cash, (tiers.caps[symbol] ?? 0n) - held))',
    'smaller(wanted, (tiers.caps[symbol] ?? 0n) - held)',
  ),
  one('a run goes on in whatever account answers', RUN, '    await keepToAccount(record, seen.account, ports);\n', ''),
  one(
    'a plan is approved in whatever account answers',
    'shared/workflow/approve-run.ts',
    "  if (mismatch !== undefined) return { kind: 'other-account', ...mismatch };\n",
    '',
  ),
  one(
    'a run is ended by what another account says',
    'shared/workflow/end-execution.ts',
    '  await keepToAccount(record, account, ports);\n',
    '',
  ),
];

function one(name: string, file: string, find: string, replace: string): Defect {
  return { name, patches: [{ file, find, replace }] };
}
