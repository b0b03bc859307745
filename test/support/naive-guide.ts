/** The guide without a topic, by a naive pass. */
import type { Scope } from '../../db/queries/scope.ts';
import { byId, everIn, groupBy, type NaiveGuild, type NaiveMessage, nameOf } from './naive.ts';

const DAY_MS = 86_400_000;
const THREADS: unknown[] = [10, 11, 12];

/** All that people wrote in the channels up to the guild's now, whatever else the scope says. */
export const upToNow = (guild: NaiveGuild, { channels, guildId, window }: Scope): NaiveMessage[] =>
  everIn(guild, { guildId, window, ...(channels && { channels }) }).filter(({ ms }) => ms < window.toMs);
/** The same of the last days. */
export const lately = (guild: NaiveGuild, asked: Scope, days = 90): NaiveMessage[] =>
  upToNow(guild, asked).filter(
    ({ ms }) => ms >= Math.max(asked.window.fromMs, asked.window.toMs - days * DAY_MS),
  );
/** Who wrote it. */
export const people = (guild: NaiveGuild, asked: Scope): string[] =>
  [...new Set(upToNow(guild, asked).map((m) => m.authorId))].toSorted(byId);

/** Who may be named, by id. */
export function namedOf(guild: NaiveGuild, asked: Scope): Map<string, string> {
  const active = new Set(lately(guild, asked).map((m) => m.authorId));
  const isNamed = (id: string) =>
    active.has(id) && !guild.members.get(id)?.left_at && !guild.unranked.has(id);
  return new Map(
    people(guild, asked)
      .filter(isNamed)
      .map((id) => [id, nameOf(guild, id)]),
  );
}

/** Where something in a channel is told to be, with its name. */
export function placeOf(guild: NaiveGuild, { channels }: Scope, channelId: string) {
  const own = guild.channels.get(channelId);
  const parent =
    own && THREADS.includes(own.type) && own.parent_id !== null ? String(own.parent_id) : undefined;
  const id = parent && (!channels || channels.includes(parent)) ? parent : channelId;
  const row = guild.channels.get(id);
  return { id, name: (row?.name ?? null) as string | null, isThread: THREADS.includes(row?.type) };
}

/** Whose first message is of the last 90 days, the newest first. */
export function newcomersOf(guild: NaiveGuild, asked: Scope): { id: string; first: NaiveMessage }[] {
  const late = new Set(lately(guild, asked));
  return [...groupBy(upToNow(guild, asked), (m) => m.authorId)]
    .map(([id, own]) => ({ id, first: own[0]! }))
    .filter(({ first }) => late.has(first))
    .toSorted((a, b) => byId(b.first.id, a.first.id));
}

/** Of waits, ms, in minutes to a hundredth. */
const median = (list: readonly number[]): number | null => {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (i: number) => sorted[Math.floor(i)]!;
  const middle = (sorted.length - 1) / 2;
  return sorted.length === 0 ? null : Math.round((at(middle) + at(middle + 0.5)) / 2 / 600) / 100;
};

/** Who answered newcomers, without their presence. */
export function welcomersOf(guild: NaiveGuild, asked: Scope) {
  const firsts: { by: string; answer: NaiveMessage; waitedMs: number }[] = [];
  for (const { id, first } of newcomersOf(guild, asked).slice(0, 300)) {
    const late = lately(guild, asked);
    const wrote = late.filter((m) => m.authorId === id && m.ms < first.ms + 7 * DAY_MS).slice(0, 50);
    const answered = new Set<string>();
    for (const answer of late) {
      const to = wrote.find(
        (m) =>
          answer.authorId !== id &&
          byId(m.id, answer.id) < 0 &&
          ((answer.isReply && answer.replyTo === m.id && answer.channelId === m.channelId) ||
            answer.channelId === m.id),
      );
      if (!to || answered.has(answer.authorId)) continue;
      answered.add(answer.authorId);
      firsts.push({ by: answer.authorId, answer, waitedMs: answer.ms - to.ms });
    }
  }
  const named = namedOf(guild, asked);
  return [...groupBy(firsts, ({ by }) => by)]
    .filter(([id]) => named.has(id))
    .map(([id, own]) => {
      const places = [...groupBy(own, ({ answer }) => placeOf(guild, asked, answer.channelId).id)];
      const [[place]] = places.toSorted(([a, x], [b, y]) => y.length - x.length || byId(a, b)) as [
        [string, unknown],
      ];
      return {
        id,
        name: named.get(id),
        newcomers: own.length,
        medianMinutes: median(own.map(({ waitedMs }) => waitedMs)),
        place: placeOf(guild, asked, place),
        evidence: own
          .map(({ answer }) => answer)
          .toSorted((a, b) => byId(b.id, a.id))
          .slice(0, 2)
          .map((m) => ({ messageId: m.id, channelId: m.channelId })),
      };
    })
    .toSorted((a, b) => b.newcomers - a.newcomers || a.medianMinutes! - b.medianMinutes! || byId(a.id, b.id));
}

/** Which words people use in some channels, of which some words of each message are known. */
export function wordsUsed(
  guild: NaiveGuild,
  asked: Scope,
  channelIds: readonly string[],
  wordsOf: ReadonlyMap<string, readonly string[]>,
) {
  const read = lately(guild, asked)
    .map((m) => ({ ...m, place: placeOf(guild, asked, m.channelId).id, words: wordsOf.get(m.id) ?? [] }))
    .filter(({ id }) => wordsOf.has(id));
  const used = channelIds.flatMap((channelId) => {
    const own = read.filter(({ place }) => place === channelId);
    return [...new Set(own.flatMap((m) => m.words))].map((word) => {
      const by = groupBy(
        own.filter((m) => m.words.includes(word)),
        (m) => m.authorId,
      );
      const uses = [...by.values()].reduce((sum, list) => sum + Math.min(list.length, 3), 0);
      return {
        channelId,
        word,
        people: by.size,
        uses,
        channelPeople: new Set(own.map((m) => m.authorId)).size,
      };
    });
  });
  const sum = (list: typeof used) => list.reduce((all, { uses }) => all + uses, 0);
  const byWord = groupBy(used, ({ word }) => word);
  const byChannel = groupBy(used, ({ channelId }) => channelId);
  return used
    .filter(({ people: by }) => byChannel.size > 1 && by >= 2)
    .map((one) => ({
      ...one,
      usesInAll: sum(byWord.get(one.word)!),
      channelUses: sum(byChannel.get(one.channelId)!),
      allUses: sum(used),
    }));
}
