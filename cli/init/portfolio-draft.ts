// The text of a new portfolio file, commented for whoever opens it next.
import type { Preset, ScheduleName } from './presets.ts';
import { SCHEDULES } from './presets.ts';

export interface Draft {
  readonly name: string;
  readonly preset: Preset;
  readonly account: string;
  readonly mode: 'paper' | 'live';
  /** The broker's number of the account; live cannot do without. */
  readonly number: string | undefined;
  readonly schedule: ScheduleName;
  /** Where messages go; undefined for nowhere. */
  readonly email: string | undefined;
}

export function portfolioDraft({ name, preset, account, mode, number, schedule, email }: Draft): string {
  const { every, on, says } = SCHEDULES[schedule];
  return `# yaml-language-server: $schema=./portfolio.schema.json
#
# Look at it, and at its next runs, with: npx evenkeel check portfolios/${name}.yaml
# Every key is explained in docs/guides/portfolio-file.md.

portfolio: ${name} # part of the name of every run, for ever: choose once
description: ${preset.description}

account:
  name: ${account} # the secret evenkeel/${mode}/${account} holds its keys; no two portfolios share an account
  mode: ${mode} # ${mode === 'paper' ? 'play money' : 'real money'}
${number === undefined ? '' : `  number: ${JSON.stringify(number)} # a run is refused when the keys are of another account\n`}
schedules:
  ${schedule}:
    at: close-25m # 25 minutes before the close, also when the exchange closes early
    every: ${every}${on === undefined ? ` # ${says}` : `\n    on: ${on} # ${says}`}
    band: { absolute: 5%, relative: 25% } # one weight further off than the narrower of the two, and all are put right

sleeves:
  core:
    capital: 100%
    strategy:
      specified: # sums to exactly 100 %
${preset.weights.map(([symbol, percent, is]) => `        ${symbol}: ${percent}% # ${is}`).join('\n')}

cash-reserve: 1% # stays in cash, so that fees and rounding never overdraw the account
${email === undefined ? '' : `\nnotify:\n  email: [${JSON.stringify(email)}] # alarms, refusals, and what each session brought; AWS asks you once whether you want them\n`}`;
}
