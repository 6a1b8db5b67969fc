// A family of variants for people: what was tried, whether its best is more than luck, and what stands beside the file's own values.
import type { FamilyMember, FamilyValidation } from '../../research/validation/report/validate-family.ts';
import { percent, plain, probability } from '../figure-text.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';

type Colors = Output['colors'];
type Row = readonly [string, string];

/** The best of them; --json has all. */
const VARIANTS_SHOWN = 12;

export function familyText(family: FamilyValidation, benchmark: string | null, colors: Colors): string {
  const { variants, start, bars, members, refused } = family;
  return [
    `${colors.bold(`${variants} variants`)} on the ${bars} bars since ${start} that they share${refused.length === 0 ? '' : `; ${refused.length} were refused`}`,
    searchText(family, benchmark, colors),
    membersText(members, benchmark, colors),
  ].join('\n\n');
}

function searchText(family: FamilyValidation, benchmark: string | null, colors: Colors): string {
  const { deflatedSharpe, luckySharpe, minimumBacktestYears, effective, overfitting, superiorP, realityCheckP, neighbours, peak } = family;
  const rows: readonly Row[] = [
    ['worth so many independent ones', plain(effective)],
    ['Sharpe of the best, were all worthless', plain(luckySharpe)],
    ['sure that it is more than that (deflated)', percent(deflatedSharpe)],
    ['years in which luck alone shows its own', minimumBacktestYears === null ? 'any number' : plain(minimumBacktestYears)],
    ['over-fitted halves of the record (PBO)', percent(overfitting?.probability ?? null)],
    ['best of one half that lost in the other', percent(overfitting?.lossProbability ?? null)],
    ['1.00 of Sharpe more in one half, in the other', plain(overfitting?.degradation?.slope ?? null)],
    ...(benchmark === null
      ? []
      : ([
          [`p of the best against ${benchmark} (Hansen)`, probability(superiorP?.consistent ?? null)],
          ['the same as White has it', probability(realityCheckP)],
        ] as const)),
    ...neighbours.flatMap(({ path, below, above }) =>
      [below, above].flatMap((each): Row[] => (each === null ? [] : [[`Sharpe at ${path} ${each.value}`, plain(each.sharpe)]])),
    ),
    ['best of all', peak === null ? 'undefined' : `${plain(peak.sharpe)} at ${Object.values(peak.values).join(', ')}`],
    ['a sharp peak', peak === null || peak.isSharp === null ? 'too few to tell' : peak.isSharp ? 'yes' : 'no'],
  ];
  return textTable(['of many tries', 'value'], rows, { left: [0], header: colors.dim });
}

function membersText(members: readonly FamilyMember[], benchmark: string | null, colors: Colors): string {
  const best = members.toSorted((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity));
  const shown = best.filter(({ isOwn }, place) => place < VARIANTS_SHOWN || isOwn);
  const rows = shown.map(({ values, isOwn, sharpe, maxDrawdown, p, adjustedP }) => [
    `${Object.values(values).join(', ')}${isOwn ? ' (the file)' : ''}`,
    plain(sharpe),
    percent(maxDrawdown),
    probability(p),
    probability(adjustedP),
  ]);
  const table = textTable(['variant', 'Sharpe', 'largest fall', `p against ${benchmark ?? 'cash'}`, 'adjusted'], rows, {
    left: [0],
    header: colors.dim,
  });
  return shown.length === members.length ? table : `${table}\n${colors.dim(`and ${members.length - shown.length} below them`)}`;
}
