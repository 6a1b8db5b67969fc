// Another broker than the real one for the command line, such as the local exchange behind an emulated deployment. Whoever is
// there is shown the keys of the account: so it is on this machine, by an address that no name server answers for, and never
// the broker of a live deployment. No function of a deployment reads this.
import { brokerUrlName } from '../../shared/contracts/environment.ts';
import type { AwsWorld, AwsWorldOptions } from '../../shared/wiring/aws.ts';
import { TRADING_URL } from '../../shared/wiring/trading-url.ts';
import { CommandFailure } from '../failure.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]']);

/**
 * undefined where none is named.
 * @throws CommandFailure, exit 2, for any address but one of this machine, and for a deployment that is not of paper.
 */
export function loopbackBroker(
  stage: AwsWorld['stage'],
  variables: Readonly<Record<string, string | undefined>> = process.env,
): AwsWorldOptions['broker'] {
  const url = brokerUrl(variables);
  if (url === undefined) return undefined;
  if (stage !== 'paper') throw refused(`${brokerUrlName} is for paper, and this deployment is ${stage ?? 'none of ours'}: unset it`);
  if (!isOfThisMachine(url))
    throw refused(`${brokerUrlName} may only name this machine, as http://127.0.0.1:PORT, and whoever is there is shown the keys`);
  return { trading: { ...TRADING_URL, paper: url }, marketData: url };
}

/** As it was set; nothing has been said of what it names. */
export function brokerUrl(variables: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const url = variables[brokerUrlName] ?? '';
  return url === '' ? undefined : url;
}

function isOfThisMachine(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const rest = [username, password, search, hash].join('');
  return protocol === 'http:' && LOOPBACK.has(hostname) && port !== '' && pathname === '/' && rest === '' && !text.endsWith('/');
}

function refused(message: string): CommandFailure {
  return new CommandFailure('broker-address', message, { exitCode: 2 });
}
