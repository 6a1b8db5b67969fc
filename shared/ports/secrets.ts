/** Never logged, never stored, never in an error. */
export interface BrokerCredentials {
  readonly keyId: string;
  readonly secretKey: string;
}

export interface Secrets {
  /**
   * The credentials of a broker account by the name the portfolio file gives it. Cached for a few minutes.
   * @throws OutsideError (`secret-missing`, `secret-malformed`) whose message names the secret and never its content.
   */
  brokerCredentials(account: string): Promise<BrokerCredentials>;
}
