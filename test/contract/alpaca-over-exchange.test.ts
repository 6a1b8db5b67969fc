import { brokerContract } from './broker-contract.ts';
import { exchangeWorld } from './exchange-world.ts';
import { marketDataContract } from './market-data-contract.ts';

brokerContract('alpaca over the local exchange', exchangeWorld);
marketDataContract('alpaca over the local exchange', exchangeWorld);
