import { languages } from './languages.ts';
import type { People } from './people.ts';
import { nameOrnaments, nameWords } from './phrases/names.ts';
import { affinity } from './random.ts';
import { type Life, WEEK } from './rhythm.ts';
import { snowflake } from './snowflake.ts';
import { escaped } from './written.ts';

/** A role of the server. */
interface Role {
  id: string;
  name: string;
  color: string | null;
  position: number;
}

/** An account as an export shows it; names escaped for JSON. */
export interface Account {
  id: string;
  name: string;
  discriminator: string;
  nickname: string;
  color: string | null;
  isBot: boolean;
  roles: readonly Role[];
  avatarUrl: string;
}

/** What the bots are, in the order of their numbers behind the people's. */
export const bots = { commands: 0, feed: 1, tracker: 2, count: 3 } as const;

const BOTS = [
  { name: 'Windvane', discriminator: '4821', roles: true },
  { name: 'Upper Winds', discriminator: '0000', roles: false },
  { name: 'Lofthaven Tracker', discriminator: '0000', roles: false },
] as const;

const ROLES = [
  ['Admin', '#E74C3C'],
  ['Moderator', '#3498DB'],
  ['Windvane', null],
  ['Server Booster', '#F47FFF'],
  ['Flight Crew', '#F1C40F'],
  ['Forecaster', '#1ABC9C'],
  ['Radio Operator', '#9B59B6'],
  ['Builder', null],
  ['Photographer', '#E67E22'],
  ['Newcomer', null],
] as const;
// The share of people who hold each role from Server Booster to Photographer.
const HOLDERS = [0.02, 0.1, 0.05, 0.07, 0.3, 0.06];
const FIRST_ACCOUNT = Date.UTC(2015, 5, 1);
// Every account is older than any community, so that no account's id is a message's.
const LAST_ACCOUNT = Date.UTC(2021, 0, 1);

/** Makes accounts from people's numbers. A number always gives the same account, so none needs to be kept. */
export function accountsOf(seed: number, people: People, life: Life): (number: number) => Account {
  const roles: Role[] = ROLES.map(([name, color], at) => {
    return {
      id: snowflake(LAST_ACCOUNT + at * 60_000, 0x3ff000 + at),
      name,
      color,
      position: ROLES.length - at,
    };
  });
  return (number) => {
    const id = snowflake(
      FIRST_ACCOUNT + Math.floor(affinity(number, seed) * (LAST_ACCOUNT - FIRST_ACCOUNT)),
      number,
    );
    if (number >= people.count) return botAccount(number - people.count, id, roles);
    const held = heldRoles(number, people, life, roles);
    return {
      id,
      ...namesOf(number, seed, people),
      color: held.find(({ color }) => color !== null)?.color ?? null,
      isBot: false,
      roles: held,
      avatarUrl: avatarUrl(id, number),
    };
  };
}

function botAccount(bot: number, id: string, roles: readonly Role[]): Account {
  const { name, discriminator, roles: hasRole } = BOTS[bot] as (typeof BOTS)[number];
  const held = hasRole ? roles.filter((role) => role.name === name) : [];
  return {
    id,
    name,
    discriminator,
    nickname: name,
    color: null,
    isBot: true,
    roles: held,
    avatarUrl: avatarUrl(id, bot),
  };
}

/** Roles are those at the time of the export: none for people who have left. */
function heldRoles(person: number, people: People, life: Life, roles: readonly Role[]): Role[] {
  if ((people.leavesAt[person] as number) < life.endsAt) return [];
  return roles.filter((_, at) => {
    if (at === 0) return person === 0;
    if (at === 1) return person >= 1 && person <= 4;
    if (at === 2) return false;
    if (at === 9) return (people.arrivesAt[person] as number) > life.endsAt - 2 * WEEK;
    return affinity(person, 900 + at) < (HOLDERS[at - 3] as number);
  });
}

/** A display name in the person's script, and an account name that nobody else has. */
function namesOf(
  person: number,
  seed: number,
  people: People,
): Pick<Account, 'name' | 'nickname' | 'discriminator'> {
  const { names } = languages[people.language[person] as number] as (typeof languages)[number];
  // Neighbours in the order of arrival shall not have neighbouring names.
  const room = 2 ** Math.ceil(Math.log2(Math.max(1024, people.count)));
  const spread = (person * 7_919 + seed * 13) % room;
  const [given, spelled] = names[spread % names.length] as [string, string];
  const word = nameWords[Math.floor(spread / names.length) % nameWords.length] as string;
  const turn = Math.floor(spread / names.length / nameWords.length);
  const style = affinity(person, 31);
  const separator = ['', '.', '_'][person % 3] as string;
  const isLegacy = affinity(person, 37) < 0.05;
  const ornament = nameOrnaments[person % nameOrnaments.length] as string;
  const capital = (word[0] as string).toUpperCase();
  const nickname =
    style < 0.4
      ? given
      : style < 0.55
        ? `${given} ${capital}.`
        : style < 0.7
          ? `${given} ${ornament}`
          : style < 0.85
            ? capital + word.slice(1)
            : spelled + separator + word;
  return {
    name: escaped(isLegacy ? `${given} ${capital}${turn}` : `${spelled}${separator}${word}${turn || ''}`),
    nickname: escaped(nickname),
    discriminator: isLegacy ? String(1000 + (spread % 9000)) : '0000',
  };
}

function avatarUrl(id: string, number: number): string {
  if (affinity(number, 41) < 0.18) return `https://cdn.discordapp.com/embed/avatars/${number % 6}.png`;
  const digits = [1, 2, 3, 4].map((part) =>
    Math.floor(affinity(number, 50 + part) * 0xffffffff)
      .toString(16)
      .padStart(8, '0'),
  );
  return `https://cdn.discordapp.com/avatars/${id}/${digits.join('')}.png?size=512`;
}
