/** What was asked for cannot be deployed. The message is for whoever asked, and says all of it. */
export class RefusedDeployment extends Error {
  override readonly name = 'RefusedDeployment';
}
