// Every requirement, with what says that it is done and what is known to be missing. A row without a check is a gap.
import { command, type Requirement, row, tests } from './requirement.ts';

export const REQUIREMENTS: readonly Requirement[] = [
  // Signals
  row(
    'SG1',
    'Strategies are chosen and set in files, from a registry with one interface; a command writes a file to begin with',
    [tests('shared/core/strategy/ready-made', 'shared/contracts/strategy-file', 'cli/new.test.ts')],
    ['no ready-made strategy trades crypto, and none is the synergy of SG4'],
  ),
  row('SG2', 'A library of indicators with reference values, of which none looks ahead', [tests('shared/core/strategy/indicators')]),
  row(
    'SG3',
    'Bars of days, weeks and months over half-open intervals, with the calendar of the exchange',
    [
      tests(
        'shared/core/strategy/evaluator/measure-bars.test.ts',
        'shared/core/market/period-end.test.ts',
        'exchange/market/interval-bar.test.ts',
      ),
    ],
    ['no strategy decides on bars of 5 or 30 minutes'],
  ),
  row('SG4', 'The synergy state machine with its four types', [], ['not built']),
  row('SG5', 'Candidates are scored and ranked; ties fall the same way every time', [
    tests('shared/core/strategy/evaluator/nodes.test.ts', 'shared/core/strategy/ready-made/factor-rank.test.ts'),
  ]),
  row('SG6', 'One way of deciding for research, paper and live; a stored run comes out the same again', [
    tests('shared/workflow/replay-run.test.ts', 'shared/core/strategy/evaluator/laws.test.ts', 'research/backtest'),
  ]),
  row('SG7', 'A place for a learned model, which may only make positions smaller', [], ['not built']),
  row('SG8', 'The stages hand on typed messages with a version and an id; the review of risk can say no', [
    tests('shared/contracts/artifacts.test.ts', 'shared/contracts/events.test.ts', 'shared/workflow/limits-run.test.ts'),
  ]),
  // Research
  row('RS1', 'A backtest that decides at the close and fills at the next open, with costs and books that balance every day', [
    tests('research/backtest'),
  ]),
  row('RS2', 'Verdicts on a hypothesis by thresholds that were registered beforehand', [
    tests('research/hypothesis', 'shared/contracts/hypothesis', 'research/validation/verdict', 'docs/verdict-guide.test.ts'),
  ]),
  row('RS3', 'Controls that prove that the verdict can say yes, and no', [
    tests('research/validation/verdict/controls.test.ts', 'research/hypothesis/looks-ahead.test.ts'),
    command('bench'),
  ]),
  row('RS4', 'A suite of validations: bootstrap, permutation, costs, regimes, crashes, sensitivity', [
    tests('research/validation', 'cli/validate.test.ts', 'docs/validation-guide.test.ts'),
  ]),
  row('RS5', 'Walk-forward over folds with an embargo, and a sealed holdout', [
    tests('research/validation/walk-forward', 'research/walk-forward', 'research/validation/trials'),
    tests('cli/walk-forward.test.ts', 'shared/adapters/aws/dynamo-trial-ledger.test.ts'),
  ]),
  row('RS6', 'Results in files with a schema, the same from the same seed, with a manifest', [tests('research/outputs', 'research/sweep')]),
  row(
    'RS7',
    'Real prices through several regimes, from sources held against each other',
    [tests('research/backtest/reference.test.ts', 'shared/core/strategy/ready-made/real-prices.test.ts')],
    ['the sources are not held against each other by a check'],
  ),
  row('RS8', 'No strategy trades real money unless its sealed record passed', [
    tests('shared/contracts/hypothesis', 'shared/workflow/clear-live.test.ts', 'lib/stacks.test.ts', 'embedded/gates.test.ts'),
    tests('research/policy', 'cli/policy.test.ts', 'research/hypothesis/refuse-renewal.test.ts'),
    tests('simulation/many-days.test.ts', 'simulation/defects.test.ts'),
  ]),
  // Risk
  row('RK1', 'Limits before every order: notional, position, gross, net, part of the volume, sanity of the price', [
    tests('shared/core/risk/review-plan.test.ts', 'shared/core/risk/review-submission.test.ts', 'shared/core/risk/limits-in-force.test.ts'),
  ]),
  row('RK2', 'A breaker for drawdown and day loss that is kept, has levels, and is lowered by a person alone', [
    tests('shared/core/risk/breaker.test.ts', 'shared/core/risk/ladder-laws.test.ts', 'cli/switch-breaker.test.ts'),
  ]),
  row('RK3', 'Limits on groups, and on what moves together', [tests('shared/core/risk/review-plan.test.ts')]),
  row('RK4', 'Stops, targets, time stops, trailing stops; adding to winners within bounds', [
    tests('shared/core/strategy/exits', 'shared/workflow/protective-exits.test.ts', 'shared/workflow/tiers.test.ts'),
  ]),
  row('RK5', 'Sizes by volatility, and orders cut by their impact', [
    tests('shared/core/strategy/evaluator/volatility-target.test.ts', 'shared/core/execution/slice-plan.test.ts'),
  ]),
  row(
    'RK6',
    'A daily report of risk with stress',
    [tests('shared/workflow/digest-text.test.ts', 'shared/core/strategy/tail-loss.test.ts', 'embedded/report-commands.test.ts')],
    ['value at risk and expected shortfall are in the report, and not in the digest'],
  ),
  // Execution
  row('EX1', 'An order has one name and is written down before it is sent; a run is claimed once', [
    tests('shared/workflow/execution-run.test.ts', 'contract'),
    tests('simulation/many-days.test.ts', 'embedded/killed-days.test.ts'),
    command('simulate'),
  ]),
  row('EX2', 'A table of what the broker may say of an order, unknown included; reconcile before acting', [
    tests('shared/core/execution/order-transition.test.ts', 'shared/core/ledger/reconcile.test.ts', 'embedded/reconcile.test.ts'),
  ]),
  row('EX3', 'Marketable limits inside a collar, priced again within bounds; large orders in slices', [
    tests('shared/core/execution/limit-price.test.ts', 'shared/core/rebalance/collar.test.ts', 'shared/core/execution/peg-wait.test.ts'),
    tests('shared/core/execution/slice-trade.test.ts', 'shared/core/execution/day-profile.test.ts'),
  ]),
  row('EX4', 'Deadlines, cancels, backoff with jitter, a circuit breaker; nothing sleeps', [
    tests('shared/adapters/alpaca/resilience.test.ts', 'shared/workflow/execution-stops.test.ts', 'lib/wall-times.test.ts'),
  ]),
  row(
    'EX5',
    'A port for brokers with Alpaca, a fake, and a second adapter of another shape',
    [tests('contract', 'shared/adapters/alpaca/broker.test.ts')],
    ['there is no adapter of the shape of Interactive Brokers'],
  ),
  row('EX6', 'A calendar with holidays and early closes, which refuses where it does not know', [
    tests('shared/core/market/nyse-calendar.test.ts', 'shared/core/market/nyse-calendar-reference.test.ts'),
    tests('shared/core/market/calendar-agreement.test.ts'),
  ]),
  row('EX7', 'Paper is the default; live takes two switches and the right account, with the same safeguards', [
    tests('embedded/gates.test.ts', 'lib/stacks.test.ts', 'cli/secrets.test.ts', 'shared/workflow/account-fence.test.ts'),
  ]),
  row('EX8', 'Old or missing quotes stop entries', [
    tests('shared/core/market/quote.test.ts', 'shared/workflow/symbols-in-trouble.test.ts', 'shared/workflow/held-without-data.test.ts'),
  ]),
  row(
    'EX9',
    'What fills cost is measured, and comes back to the model of cost',
    [tests('shared/core/ledger/shortfall.test.ts', 'research/parity')],
    ['parity reckons the model from what was paid; nobody takes it over by itself'],
  ),
  // Settlement
  row('ST1', 'Lots by trade date and the cycle of the instrument', [
    tests('shared/core/ledger/settling.test.ts', 'shared/core/market/settlement.test.ts'),
  ]),
  row('ST2', 'Buying power without open orders and without unsettled cash; margin is watched', [
    tests('shared/core/execution/settled-money.test.ts', 'shared/core/rebalance/settled-plan.test.ts', 'embedded/settlement.test.ts'),
  ]),
  row('ST3', 'A policy for day trades', [tests('shared/core/risk/review-plan.test.ts', 'shared/core/risk/review-submission.test.ts')]),
  // Audit
  row('AU1', 'A chain of hashes under a key, with sequence numbers, and a command that verifies it', [
    tests('shared/contracts/audit-chain.test.ts', 'shared/workflow/verify-audit.test.ts', 'lambdas/seals-what-ended.test.ts'),
    tests('embedded/record-commands.test.ts'),
  ]),
  row('AU2', 'Seven years of retention under lock, and an export', [tests('lib/state-stack.test.ts', 'embedded/report-commands.test.ts')]),
  row(
    'AU3',
    'Rules of surveillance, and reports as a regulator would want them',
    [tests('shared/core/ledger/surveillance.test.ts', 'shared/core/ledger/lots')],
    ['self-crosses, cancels and wash sales of one portfolio; no report in a form of a regulator'],
  ),
  // Operations
  row('OP1', 'Logs as JSON with the id of the run, and nothing secret in them', [
    tests('shared/adapters/aws/powertools-telemetry.test.ts', 'shared/ports/redaction.test.ts', 'embedded/secrecy.test.ts'),
    tests('architecture/tidy.test.ts'),
  ]),
  row('OP2', 'Metrics and a dashboard as code', [tests('lib/dashboard.test.ts')]),
  row('OP3', 'Alarms for dead letters, missed runs, errors, time and memory', [
    tests('lib/alarms.test.ts', 'shared/workflow/watchdog.test.ts', 'shared/contracts/alerts.test.ts'),
  ]),
  row('OP4', 'A command that says how each part is', [tests('cli/health.test.ts', 'cli/switch.test.ts')]),
  row('OP5', 'A runbook with a heading for everything that rings; an incident template', [
    tests('docs/runbook.test.ts', 'docs/on-call.test.ts', 'docs/commands.test.ts', 'docs/links.test.ts'),
  ]),
  row(
    'OP6',
    'Soak, stress, chaos and failover',
    [tests('bundled', 'embedded/faults.test.ts', 'embedded/killed-days.test.ts', 'simulation/defects.test.ts')],
    ['no soak over days of the wall clock'],
  ),
  row('OP7', 'Benchmarks that are in the tree make every number that is published', [command('bench'), tests('bench')]),
  row('OP8', 'Backups, and a drill that restores them', [tests('scripts/restore-drill.test.ts', 'lib/state-stack.test.ts')]),
  // Security
  row(
    'SE1',
    'Keys in Secrets Manager alone; they can be rotated and are never shown',
    [
      tests('cli/secrets.test.ts', 'shared/adapters/aws/secrets-manager.test.ts', 'embedded/secrecy.test.ts'),
      tests('shared/adapters/alpaca/secrecy.test.ts'),
    ],
    ['nothing scans the history of the repository for keys'],
  ),
  row('SE2', 'Every input and every setting is held against a schema; unknown keys are errors', [
    tests('shared/contracts/portfolio-file.test.ts', 'shared/contracts/events.test.ts', 'cli/bad-input.test.ts'),
    command('portfolios'),
  ]),
  row(
    'SE3',
    'The fewest rights for each function; encrypted, TLS only',
    [tests('lib/permissions.test.ts', 'lib/cdk-nag.test.ts', 'lib/state-stack.test.ts')],
    ['the functions reach the internet without a private network'],
  ),
  row('SE4', 'Audits of dependencies and code, and updates on a schedule', [], ['nothing in the tree does it']),
  row('SE5', 'Roles for operators', [], ['whoever has the credentials may do everything']),
  // Deployment
  row('DE1', 'Stacks by CDK, asserted; one command deploys', [
    command('synth', 'deployed'),
    tests('lib/stacks.test.ts', 'cli/deploy.test.ts'),
  ]),
  row('DE2', 'CI with types, lint, tests, coverage, portfolio files, bundles and their start', [
    command('check', 'coverage', 'bundles', 'portfolios'),
    tests('architecture', 'lib/bundling.test.ts'),
  ]),
  row('DE3', 'A new version passes a gate before it is called, and goes back on an alarm; capital in steps', [
    tests(
      'shared/workflow/gate-release.test.ts',
      'lib/functions.test.ts',
      'shared/core/strategy/capital-step.test.ts',
      'cli/rollback.test.ts',
    ),
  ]),
  row('DE4', 'A run in steps that can be taken up again; memory and start are measured', [
    tests('shared/workflow/execution-run.test.ts', 'lib/execution-steps.test.ts'),
    command('bench'),
  ]),
  row('DE5', 'Paper and live apart; settings in one place, validated', [
    tests('lib/stacks.test.ts', 'shared/contracts/portfolio-fields.test.ts', 'shared/contracts/portfolio-json-schema.test.ts'),
  ]),
  // For people
  row('UX1', 'Commands for all of it, whose errors name the field, with exit codes', [tests('cli', 'embedded/record-commands.test.ts')]),
  row('UX2', 'A status page for reading', [], ['not built']),
  row(
    'UX3',
    'A report to the owner, daily and weekly',
    [tests('shared/workflow/digest-text.test.ts', 'shared/workflow/tell-owner.test.ts')],
    ['no weekly one'],
  ),
  // Documents
  row('DO1', 'README, architecture, a reference made from the schemas, runbook, troubleshooting, questions', [tests('docs')]),
  row('DO2', 'This page, made of checks that were run and nothing else', [tests('scripts/readiness.test.ts')]),
];
