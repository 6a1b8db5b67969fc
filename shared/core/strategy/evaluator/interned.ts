// Values by number: the same value, the same number.

/** Equal values get the same number (hash-consing). The values hold numbers of what is below them, so keys stay short. */
export class Interned<Value> {
  readonly all: Value[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #keyOf: (value: Value) => string;

  constructor(keyOf: (value: Value) => string) {
    this.#keyOf = keyOf;
  }

  number(value: Value): number {
    const key = this.#keyOf(value);
    const found = this.#numbers.get(key);
    if (found !== undefined) return found;
    this.#numbers.set(key, this.all.length);
    this.all.push(value);
    return this.all.length - 1;
  }

  at(number: number): Value {
    const value = this.all[number];
    if (value === undefined) throw new Error(`nothing has the number ${number}`);
    return value;
  }
}
