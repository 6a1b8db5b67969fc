// The world that a command spoke of, for people and as data: nobody should take a demo for his account.
import type { WorldChoice } from './choose-world.ts';
import { brokerUrl } from './loopback-broker.ts';

/** With --json, beside what the command was asked for. */
export type WorldDocument =
  | { readonly kind: 'deployment'; readonly stage: string | null }
  | { readonly kind: 'demo'; readonly folder: string };

export function worldDocument(choice: WorldChoice, stage: string | undefined): WorldDocument {
  return choice.kind === 'demo' ? { kind: 'demo', folder: choice.folder } : { kind: 'deployment', stage: stage ?? null };
}

/** "Of the demo in .evenkeel/demo-1a2b3c4d, the newest here." */
export function worldText(choice: WorldChoice, stage: string | undefined): string {
  if (choice.kind === 'deployment') {
    const elsewhere = brokerUrl();
    const broker = elsewhere === undefined ? '' : `, with the broker at ${elsewhere}`;
    return `Of the ${stage === undefined ? '' : `${stage} `}deployment${broker}.`;
  }
  return `Of the demo in ${choice.folder}${choice.isNewest ? ', the newest here' : ''}.`;
}
