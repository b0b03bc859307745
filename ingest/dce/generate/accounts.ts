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

interface Member {
  person: number;
  /** Since they joined, at the time of the export. */
  weeks: number;
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

const WINDVANE_ROLE = 'Windvane';
const ROLES: readonly { name: string; color: string | null; isHeld: (member: Member) => boolean }[] = [
  { name: 'Admin', color: '#E74C3C', isHeld: ({ person }) => person === 0 },
  { name: 'Moderator', color: '#3498DB', isHeld: ({ person }) => person >= 1 && person <= 4 },
  { name: WINDVANE_ROLE, color: null, isHeld: () => false },
  { name: 'Server Booster', color: '#F47FFF', isHeld: ({ person }) => isBooster(person) },
  { name: 'Flight Crew', color: '#F1C40F', isHeld: ({ person }) => affinity(person, 904) < 0.1 },
  { name: 'Forecaster', color: '#1ABC9C', isHeld: ({ person }) => affinity(person, 905) < 0.05 },
  { name: 'Radio Operator', color: '#9B59B6', isHeld: ({ person }) => affinity(person, 906) < 0.07 },
  { name: 'Builder', color: null, isHeld: ({ person }) => affinity(person, 907) < 0.3 },
  { name: 'Photographer', color: '#E67E22', isHeld: ({ person }) => affinity(person, 908) < 0.06 },
  { name: 'Newcomer', color: null, isHeld: ({ weeks }) => weeks < 2 },
];
// The share of people whose account has a name and number of the old kind.
const LEGACY = 0.05;
const FIRST_ACCOUNT = Date.UTC(2015, 5, 1);
// Every account is older than any community, so that no account's id is a message's.
const LAST_ACCOUNT = Date.UTC(2021, 0, 1);

/** Whether somebody boosts the server at some time. */
export function isBooster(person: number): boolean {
  return affinity(person, 67) < 0.02;
}

/** Makes accounts from people's numbers. A number always gives the same account, so none needs to be kept. */
export function accountsOf(seed: number, people: People, life: Life): (number: number) => Account {
  const roles: Role[] = ROLES.map(({ name, color }, at) => {
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
  const held = hasRole ? roles.filter((role) => role.name === WINDVANE_ROLE) : [];
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
  const weeks = (life.endsAt - (people.arrivesAt[person] as number)) / WEEK;
  return roles.filter((_, at) => ROLES[at]?.isHeld({ person, weeks }));
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
  const separator = ['', '.', '_'][person % 3] as string;
  const ornament = nameOrnaments[person % nameOrnaments.length] as string;
  const capital = (word[0] as string).toUpperCase();
  const looks = [
    given,
    given,
    given,
    `${given} ${capital}.`,
    `${given} ${ornament}`,
    capital + word.slice(1),
    spelled + separator + word,
  ];
  const nickname = looks[Math.floor(affinity(person, 31) * looks.length)] as string;
  const isLegacy = affinity(person, 37) < LEGACY;
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
