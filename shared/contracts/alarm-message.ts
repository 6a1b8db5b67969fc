// What CloudWatch publishes to the topic when an alarm changes its state. Only what is read is looked at.
import * as z from 'zod';
import { jsonOf } from './json-of.ts';

const alarmMessage = z.object({
  AlarmName: z.string().min(1),
  AlarmDescription: z.string().nullish(),
  NewStateValue: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  NewStateReason: z.string().nullish(),
  /** "2026-11-20T21:45:00.000+0000" */
  StateChangeTime: z.string(),
  Region: z.string().nullish(),
});

export interface AlarmMessage {
  readonly name: string;
  readonly description: string | undefined;
  readonly state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';
  readonly reason: string | undefined;
  readonly changedAt: string;
  readonly region: string | undefined;
}

/** undefined for a text that is no state change of an alarm. */
export function readAlarm(text: string): AlarmMessage | undefined {
  const parsed = alarmMessage.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { AlarmName, AlarmDescription, NewStateValue, NewStateReason, StateChangeTime, Region } = parsed.data;
  return {
    name: AlarmName,
    description: AlarmDescription ?? undefined,
    state: NewStateValue,
    reason: NewStateReason ?? undefined,
    changedAt: StateChangeTime,
    region: Region ?? undefined,
  };
}
