// Loaded before the command line: its clock is the exchange's, as that of every function is.
import { readFileSync } from 'node:fs';
import { SETTING_VARIABLE } from './setting-variable.ts';

const { clockOffsetMs } = JSON.parse(readFileSync(process.env[SETTING_VARIABLE] ?? '', 'utf8')) as { readonly clockOffsetMs: number };
const Machine = Date;

globalThis.Date = new Proxy(Machine, {
  construct: (target, given: readonly unknown[], as) => Reflect.construct(target, given.length === 0 ? [now()] : given, as) as Date,
  get: (target, name, as) => (name === 'now' ? now : (Reflect.get(target, name, as) as unknown)),
});

function now(): number {
  return Machine.now() + clockOffsetMs;
}
