// `NAME:ALIAS` of a Lambda function taken apart.

export interface FunctionAndAlias {
  readonly name: string;
  readonly alias?: string;
}

export function functionAndAlias(target: string): FunctionAndAlias {
  const [name = '', alias] = target.split(':');
  return { name, ...(alias === undefined ? {} : { alias }) };
}
