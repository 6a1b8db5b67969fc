// What is kept of an embedded run cannot be gone on with: damaged, incomplete, or not ours to read.

export class UnusableState extends Error {
  override readonly name = 'UnusableState';
}
