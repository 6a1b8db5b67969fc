// One figure held to its threshold. What cannot be told does not hold.
import type { PolicyCheck } from '../../shared/contracts/hypothesis/policy-check.ts';

export type MadeCheck = PolicyCheck['checks'][number];
type Named = Pick<MadeCheck, 'check' | 'code'>;

export function atMost({ check, code }: Named, figure: number | null, threshold: number): MadeCheck {
  const told = toldOf(figure);
  return { check, code, figure: told, threshold, holds: told !== null && told <= threshold };
}

export function atLeast({ check, code }: Named, figure: number | null, threshold: number): MadeCheck {
  const told = toldOf(figure);
  return { check, code, figure: told, threshold, holds: told !== null && told >= threshold };
}

function toldOf(figure: number | null): number | null {
  return figure !== null && Number.isFinite(figure) ? figure : null;
}
