/** Channels and threads by their names: for whoever names one, and for suggestions. */
import type { Db } from '../db/connect.ts';
import { channelSet } from '../db/queries/channel-set.ts';
import { type NamedPlace, namedPlaces } from '../db/queries/named-places.ts';
import { isSnowflake } from '../db/snowflake.ts';
import { plainText } from './plain-text.ts';

export type { NamedPlace } from '../db/queries/named-places.ts';

const CATEGORY = 4;
const THREADS: unknown[] = [10, 11, 12];

/** What has no messages of its own, and is all below it: a category; a forum, a media channel. */
const isContainer = ({ type }: NamedPlace): boolean => [CATEGORY, 15, 16].includes(type ?? -1);

/** As Discord shows it in a list, on one line: not escaped. */
export function placeLabel({ id, name, type }: Pick<NamedPlace, 'id' | 'name' | 'type'>): string {
  const text = plainText(name ?? '');
  if (text === '') return id;
  return type === CATEGORY ? text : THREADS.includes(type) ? `↳ ${text}` : `#${text}`;
}

/** The places of a guild whose readers may be told of them: those given, and what holds any of them. */
export async function shownPlaces(
  db: Db,
  guildId: string,
  readable: readonly string[],
): Promise<NamedPlace[]> {
  const all = await namedPlaces(db, guildId);
  const known = new Set(readable);
  const holds = new Set(all.filter(({ id }) => known.has(id)).map(({ parentId }) => parentId));
  return all.filter((place) => known.has(place.id) || (isContainer(place) && holds.has(place.id)));
}

/** Whether a place is meant by what was typed of it: a part of its name, however it is written. */
export const isMeant = ({ name }: NamedPlace, typed: string): boolean =>
  flat(name ?? '').includes(flat(typed));

/** Discord has none longer. */
const NAME_LENGTH_MAX = 100;

/** As a name is compared: however it is written, and with the sign that stands before it or not. */
const flat = (text: string): string =>
  plainText(text, NAME_LENGTH_MAX)
    .replace(/^[#↳\s]+/u, '')
    .toLocaleLowerCase();

/** The place that an id, a mention, or a name stands for; of several of a name the first. */
export function placeMeant(places: readonly NamedPlace[], typed: string): NamedPlace | undefined {
  const id = /^<#(\d{1,20})>$/.exec(typed)?.[1] ?? typed.trim();
  const byId = isSnowflake(id) ? places.find((place) => place.id === id) : undefined;
  // A channel may be called 2026.
  return byId ?? places.find(({ name }) => name !== null && flat(name) === flat(typed));
}

/** Of some channels those that a place is, or holds. */
export async function within(
  db: Db,
  guildId: string,
  channels: readonly string[],
  placeId: string,
): Promise<string[]> {
  const { channels: below } = await channelSet(db, guildId, [placeId]);
  const set = new Set(below);
  return channels.filter((id) => set.has(id));
}

/** Every channel and thread of a guild, by its id: for one that is open to all. */
export const everyPlace = async (db: Db, guildId: string): Promise<string[]> =>
  (await namedPlaces(db, guildId)).map(({ id }) => id).toSorted();
