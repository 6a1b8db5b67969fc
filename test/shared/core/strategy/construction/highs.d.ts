// What is used of the package. Its own types are those of a CommonJS module, and say of an import that it is no function.
declare module 'highs' {
  export interface Highs {
    solve(
      model: string,
      options: { readonly solver: 'simplex'; readonly presolve: 'off'; readonly parallel: 'off' },
    ): { readonly Status: string; readonly Columns: Readonly<Record<string, { readonly Primal?: number }>> };
  }
  export default function loadHighs(): Promise<Highs>;
}
