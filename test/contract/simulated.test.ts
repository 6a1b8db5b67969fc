import { brokerContract } from './broker-contract.ts';
import { marketDataContract } from './market-data-contract.ts';
import { simulatedWorld } from './simulated-world.ts';

brokerContract('simulated', simulatedWorld);
marketDataContract('simulated', simulatedWorld);
