// Instants as the broker writes and reads them.
import * as z from 'zod';
import { newYorkClock } from '../../shared/core/market/new-york-time.ts';
import { type EpochMs, isNewYorkDate, MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { type EpochNs, NANOS_PER_MS } from '../matching/stamp.ts';

const NANOS_PER_SECOND = 1_000_000_000n;
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** "2026-11-20T15:30:00.000000001Z" */
export function instantText(at: EpochNs): string {
  const seconds = new Date(Number(at / NANOS_PER_MS)).toISOString().slice(0, 19);
  return `${seconds}.${(at % NANOS_PER_SECOND).toString().padStart(9, '0')}Z`;
}

/** "2026-11-20T10:30:00-05:00", with milliseconds where there are any. */
export function newYorkText(at: EpochMs): string {
  const { date, hour, minute, second } = newYorkClock(at);
  const milliseconds = at % 1000;
  const wall = `${date}T${two(hour)}:${two(minute)}:${two(second)}`;
  const behind = (Math.floor(at / 1000) * 1000 - Date.parse(`${wall}Z`)) / MINUTE_MS / 60;
  return `${wall}${milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`}-${two(behind)}:00`;
}

/** "09:30" */
export function newYorkHour(at: EpochMs): string {
  const { hour, minute } = newYorkClock(at);
  return `${two(hour)}:${two(minute)}`;
}

/** An instant with zone, or a date, which stands for its midnight UTC. */
export const instantParameter = z.string().transform((text, context): EpochNs => {
  const match = INSTANT.exec(isNewYorkDate(text) ? `${text}T00:00:00Z` : text);
  const ms = match === null ? Number.NaN : Date.parse(`${match[1]}${match[3]}`);
  if (match === null || Number.isNaN(ms)) {
    context.addIssue({ code: 'custom', message: `invalid time format: ${text}` });
    return z.NEVER;
  }
  return BigInt(ms) * NANOS_PER_MS + BigInt((match[2] ?? '').padEnd(9, '0'));
});

/** A date, or an instant of which only the date is read. */
export const dateParameter = z.string().transform((text, context): NewYorkDate => {
  const date = text.slice(0, 10);
  if (isNewYorkDate(date)) return date;
  context.addIssue({ code: 'custom', message: `invalid date format: ${text}` });
  return z.NEVER;
});

function two(value: number): string {
  return String(value).padStart(2, '0');
}
