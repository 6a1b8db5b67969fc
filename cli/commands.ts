// Every command and where it lives. A command's file is read only when it is asked for.
import type { Command } from 'commander';
import type { Output } from './output.ts';

export interface CommandEntry {
  readonly name: string;
  readonly load: () => Promise<RegisterCommand>;
}

/** Adds one command to the program. `output` is made when the flags are known, so ask for it inside the action. */
export type RegisterCommand = (program: Command, output: () => Output) => void;

export const commands: readonly CommandEntry[] = [
  { name: 'approve', load: async () => (await import('./commands/approve.ts')).registerApprove },
  { name: 'audit', load: async () => (await import('./commands/audit.ts')).registerAudit },
  { name: 'backtest', load: async () => (await import('./commands/backtest.ts')).registerBacktest },
  { name: 'check', load: async () => (await import('./commands/check.ts')).registerCheck },
  { name: 'cost', load: async () => (await import('./commands/cost.ts')).registerCost },
  { name: 'demo', load: async () => (await import('./commands/demo.ts')).registerDemo },
  { name: 'deploy', load: async () => (await import('./commands/deploy.ts')).registerDeploy },
  { name: 'dlq', load: async () => (await import('./commands/dlq.ts')).registerDlq },
  { name: 'exchange', load: async () => (await import('./commands/exchange.ts')).registerExchange },
  { name: 'export', load: async () => (await import('./commands/export.ts')).registerExport },
  { name: 'halt', load: async () => (await import('./commands/halt.ts')).registerHalt },
  { name: 'hypothesis', load: async () => (await import('./commands/hypothesis.ts')).registerHypothesis },
  { name: 'import', load: async () => (await import('./commands/import.ts')).registerImport },
  { name: 'init', load: async () => (await import('./commands/init.ts')).registerInit },
  { name: 'logs', load: async () => (await import('./commands/logs.ts')).registerLogs },
  { name: 'new', load: async () => (await import('./commands/new.ts')).registerNew },
  { name: 'parity', load: async () => (await import('./commands/parity.ts')).registerParity },
  { name: 'plan', load: async () => (await import('./commands/plan.ts')).registerPlan },
  { name: 'policy', load: async () => (await import('./commands/policy.ts')).registerPolicy },
  { name: 'reconcile', load: async () => (await import('./commands/reconcile.ts')).registerReconcile },
  { name: 'redrive', load: async () => (await import('./commands/redrive.ts')).registerRedrive },
  { name: 'replay', load: async () => (await import('./commands/replay.ts')).registerReplay },
  { name: 'report', load: async () => (await import('./commands/report.ts')).registerReport },
  { name: 'resume', load: async () => (await import('./commands/resume.ts')).registerResume },
  { name: 'rollback', load: async () => (await import('./commands/rollback.ts')).registerRollback },
  { name: 'runs', load: async () => (await import('./commands/runs.ts')).registerRuns },
  { name: 'schema', load: async () => (await import('./commands/schema.ts')).registerSchema },
  { name: 'secrets', load: async () => (await import('./commands/secrets.ts')).registerSecrets },
  { name: 'show', load: async () => (await import('./commands/show.ts')).registerShow },
  { name: 'signal', load: async () => (await import('./commands/signal.ts')).registerSignal },
  { name: 'status', load: async () => (await import('./commands/status.ts')).registerStatus },
  { name: 'sweep', load: async () => (await import('./commands/sweep.ts')).registerSweep },
  { name: 'validate', load: async () => (await import('./commands/validate.ts')).registerValidate },
  { name: 'walk-forward', load: async () => (await import('./commands/walk-forward.ts')).registerWalkForward },
  { name: 'why', load: async () => (await import('./commands/why.ts')).registerWhy },
];
