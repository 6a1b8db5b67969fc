// What is required of the product, and what has to be run to say that it is done.

export type Check =
  /** Test files, by file or by folder. */
  | { readonly kind: 'tests'; readonly path: string }
  /** One of `commands.ts`, by name. */
  | { readonly kind: 'command'; readonly name: string };

export interface Requirement {
  readonly id: string;
  readonly says: string;
  /** All of them have to pass. None: nothing says that it is done. */
  readonly checks: readonly Check[];
  /** What is known to be missing, whatever the checks say. */
  readonly gaps: readonly string[];
}

export function tests(...paths: readonly string[]): Check[] {
  return paths.map((path) => ({ kind: 'tests', path: `test/${path}` }));
}

export function command(...names: readonly string[]): Check[] {
  return names.map((name) => ({ kind: 'command', name }));
}

export function row(id: string, says: string, checks: readonly (readonly Check[])[], gaps: readonly string[] = []): Requirement {
  return { id, says, checks: checks.flat(), gaps };
}
