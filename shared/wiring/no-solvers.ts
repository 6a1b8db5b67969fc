// What stands for the solvers in functions none of whose portfolios needs one.
import { NO_SOLVERS, type Solvers } from '../core/strategy/construction/solvers.ts';

export const keptSolvers: Solvers = NO_SOLVERS;
