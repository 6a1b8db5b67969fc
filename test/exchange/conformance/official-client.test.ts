import { exchangeWorld } from '../../contract/exchange-world.ts';
import { officialClientConformance } from './official-client-conformance.ts';

officialClientConformance(exchangeWorld);
