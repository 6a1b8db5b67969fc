// An S-expression as large as the largest that owners have: laid out as exports are, one form a line, indented by depth.

export interface LargeSymphony {
  readonly text: string;
  readonly nodes: number;
}

/** @param seed the same seed gives the same text. */
export function largeSymphony(characters: number, seed: number): LargeSymphony {
  const below = randomly(seed);
  const symbols = Array.from({ length: 60 }, (_, index) => `T${String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26))}`);
  const symbol = () => symbols[below(symbols.length)] ?? 'TAA';
  const lines: string[] = [
    '(defsymphony',
    ' "A large one"',
    ' {:asset-class "EQUITIES", :rebalance-frequency :daily}',
    ' (weight-equal',
    '  [',
  ];
  let [length, nodes] = [0, 2];
  const say = (depth: number, line: string): void => {
    const indented = ' '.repeat(depth) + line;
    lines.push(indented);
    length += indented.length + 1;
  };
  const asset = (depth: number): void => {
    nodes += 1;
    say(depth, '(asset');
    say(depth + 1, `"${symbol()}"`);
    say(depth + 1, '"A Fund Whose Name Is As Long As Those Of Funds With Leverage Are")');
  };
  /** A comparison whose else leads deeper, as people stack their rules, with a ranking of groups at every third. */
  const rules = (left: number, depth: number): void => {
    if (left === 0) {
      asset(depth);
      return;
    }
    nodes += 2;
    say(depth, '(weight-equal');
    say(depth + 1, '[(if');
    say(depth + 3, `(> (rsi "${symbol()}" {:window ${5 + below(40)}}) (rsi "${symbol()}" {:window ${5 + below(40)}}))`);
    say(depth + 3, '[');
    if (left % 3 === 0) ranking(depth + 3);
    else asset(depth + 3);
    say(depth + 3, ']');
    say(depth + 3, '[');
    rules(left - 1, depth + 2);
    say(depth + 3, '])])');
  };
  const ranking = (depth: number): void => {
    nodes += 1;
    say(depth, '(filter');
    say(depth + 1, `(moving-average-return {:window ${5 + below(100)}})`);
    say(depth + 1, `(select-top ${1 + below(2)})`);
    say(depth + 1, '[');
    for (let group = 0; group < 3; group += 1) {
      nodes += 2;
      say(depth + 2, `(group "Group ${below(1_000)}" [(weight-equal [`);
      asset(depth + 3);
      asset(depth + 3);
      say(depth + 2, '])])');
    }
    say(depth + 1, '])');
  };
  while (length < characters) rules(95, 3);
  lines.push('  ]))');
  return { text: lines.join('\n'), nodes };
}

/** Whole numbers from 0, below what is asked. */
function randomly(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * bound);
  };
}
