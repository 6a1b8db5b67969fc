// The known word that a misspelled one was probably meant to be.

const DISTANCE_MAX = 2;

/** The nearest of `known` within two edits (one for words of up to three letters); undefined when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const limit = word.length <= 3 ? 1 : DISTANCE_MAX;
  let nearest: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word, candidate);
    if (distance <= limit && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = { word: candidate, distance };
  }
  return nearest?.word;
}

/** Insertions, deletions and replacements of one letter each (Levenshtein). */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
