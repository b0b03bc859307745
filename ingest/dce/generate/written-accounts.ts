import type { Account } from './accounts.ts';

/** The JSON of accounts at the places where exports carry them; what is used often is kept. */
export interface WrittenAccounts {
  account(number: number): Account;
  /** As a message's author. */
  asAuthor(number: number): string;
  /** As one of a message's mentions. */
  asMention(number: number): string;
  /** As one of a reaction's users: without roles. */
  asReactor(number: number): string;
  /** As the one who used a slash command. */
  asCaller(number: number): string;
}

// About 1.5 KB each, of two kinds: 25 MB at most.
const KEPT_MAX = 8_000;

/** Written accounts out of a way to make them. */
export function writtenAccounts(accountOf: (number: number) => Account): WrittenAccounts {
  const account = kept(accountOf);
  return {
    account,
    asAuthor: kept((number) => written(account(number), '      ', true)),
    asMention: kept((number) => `        ${written(account(number), '        ', true)}`),
    asReactor: kept((number) => `            ${written(account(number), '            ', false)}`),
    asCaller: (number) => written(account(number), '        ', true),
  };
}

/** An account's object whose closing brace stands at `indent`. */
function written(account: Account, indent: string, hasRoles: boolean): string {
  const inner = `\n${indent}  `;
  const roles = account.roles.map(
    ({ id, name, color, position }) =>
      `${inner}  {${inner}    "id": "${id}",${inner}    "name": "${name}",${inner}    "color": ${quoted(color)},` +
      `${inner}    "position": ${position}${inner}  }`,
  );
  return [
    `{${inner}"id": "${account.id}"`,
    `,${inner}"name": "${account.name}"`,
    `,${inner}"discriminator": "${account.discriminator}"`,
    `,${inner}"nickname": "${account.nickname}"`,
    `,${inner}"color": ${quoted(account.color)}`,
    `,${inner}"isBot": ${account.isBot}`,
    hasRoles ? `,${inner}"roles": ${roles.length === 0 ? '[]' : `[${roles.join(',')}${inner}]`}` : '',
    `,${inner}"avatarUrl": "${account.avatarUrl}"`,
    `\n${indent}}`,
  ].join('');
}

function quoted(text: string | null): string {
  return text === null ? 'null' : `"${text}"`;
}

/** Remembers results by number; forgets all of them when there are too many, which is cheap and rare. */
function kept<T>(make: (number: number) => T): (number: number) => T {
  const results = new Map<number, T>();
  return (number) => {
    let result = results.get(number);
    if (result === undefined) {
      if (results.size >= KEPT_MAX) results.clear();
      result = make(number);
      results.set(number, result);
    }
    return result;
  };
}
