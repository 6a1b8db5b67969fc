// Figures as a reader of the report sees them, the same in every locale. What is not defined says so.
import type { NewYorkDate } from '../../shared/core/values/time.ts';

const UNDEFINED = 'not defined';
const MINUS = '−';
/** Between a figure and its unit: they stay on one line. */
const GLUE = '\u00a0';

/** A part of one as a percentage. */
export function percent(value: number | null | undefined, digits = 2): string {
  return isDefined(value) ? `${fixed(100 * value, digits)}${GLUE}%` : UNDEFINED;
}

/** With its sign, zero without one. */
export function signedPercent(value: number | null | undefined, digits = 2): string {
  if (!isDefined(value)) return UNDEFINED;
  const text = percent(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** What is too small for a percentage is told in basis points. */
export function smallPercent(value: number | null | undefined): string {
  return isDefined(value) && value !== 0 && Math.abs(value) < 0.0005 ? `${fixed(10_000 * value, 2)}${GLUE}bps` : percent(value);
}

/** On an axis: with as many digits as the step to the next mark needs. */
export function axisPercent(value: number, step: number): string {
  return percent(value, digitsOf(100 * step));
}

export function axisPlain(value: number, step: number): string {
  return plain(value, digitsOf(step));
}

function digitsOf(step: number): number {
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

export function plain(value: number | null | undefined, digits = 2): string {
  return isDefined(value) ? fixed(value, digits) : UNDEFINED;
}

export function count(value: number): string {
  return fixed(value, 0);
}

export function dollars(value: number | null | undefined, digits = 0): string {
  if (!isDefined(value)) return UNDEFINED;
  const text = `$${fixed(Math.abs(value), digits)}`;
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

/** `Nov 2007`. */
export function monthName(date: NewYorkDate): string {
  return `${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `3 trades`, `1 trade`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function isDefined(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** Thousands apart, the minus a minus, and no minus before nothing. */
function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  const [whole = '', fraction] = text.split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && /[1-9]/.test(text) ? MINUS : '';
  return sign + (fraction === undefined ? spaced : `${spaced}.${fraction}`);
}
