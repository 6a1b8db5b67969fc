// Which faults are armed, how often each still shows, and which were shown.
import type { Fault, FaultBook, FaultKind } from './fault.ts';

export interface ArmedFault {
  readonly id: number;
  readonly fault: Fault;
  /** How often it was shown. */
  readonly shown: number;
  /** How often it will still show; absent: until cleared. */
  readonly left?: number;
}

/** A request as faults see it. */
export interface FaultableRequest {
  readonly method: string;
  readonly path: string;
}

export interface FaultDesk extends FaultBook {
  arm(fault: Fault): ArmedFault;
  /** Takes one fault away, or all; answers how many there were. */
  clear(id?: number): number;
  /** By age. A fault whose count is used up is no longer listed. */
  list(): readonly ArmedFault[];
  /** As `take`, for faults that belong to a request: one that names a route shows only there. */
  takeFor(kind: FaultKind, request: FaultableRequest): Fault | undefined;
}

export function faultDesk(): FaultDesk {
  let nextId = 1;
  let armed: ArmedFault[] = [];

  function show(entry: ArmedFault | undefined): Fault | undefined {
    if (entry === undefined) return undefined;
    const left = entry.left === undefined ? {} : { left: entry.left - 1 };
    const used: ArmedFault = { ...entry, shown: entry.shown + 1, ...left };
    armed = used.left === 0 ? armed.filter(({ id }) => id !== entry.id) : armed.map((each) => (each.id === entry.id ? used : each));
    return entry.fault;
  }

  const find = (kind: FaultKind, symbol: string | undefined) =>
    armed.find(({ fault }) => fault.kind === kind && (fault.symbol === undefined || fault.symbol === symbol));

  return {
    arm(fault) {
      const entry: ArmedFault = { id: nextId, fault, shown: 0, ...(fault.count === undefined ? {} : { left: fault.count }) };
      nextId += 1;
      armed.push(entry);
      return entry;
    },
    clear(id) {
      const kept = id === undefined ? [] : armed.filter((entry) => entry.id !== id);
      const cleared = armed.length - kept.length;
      armed = kept;
      return cleared;
    },
    list: () => armed,
    take: (kind, symbol) => show(find(kind, symbol)),
    peek: (kind, symbol) => find(kind, symbol)?.fault,
    takeFor: (kind, request) => show(armed.find(({ fault }) => fault.kind === kind && isOnRoute(fault.route, request))),
  };
}

function isOnRoute(route: string | undefined, { method, path }: FaultableRequest): boolean {
  if (route === undefined) return true;
  const [wantedMethod, prefix = ''] = route.split(' ');
  return wantedMethod === method && path.startsWith(prefix);
}
