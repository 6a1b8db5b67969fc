/**
 * A primitive that carries its unit in the type. Arithmetic stays plain (`a + b`), yet a number of
 * shares is never accepted where dollars are expected.
 */
export type Flavor<Primitive, Unit extends string> = Primitive & { readonly __unit?: Unit };
