/** Exports, and the guild that they were made of: whichever is taken first, the record is one. */
import { describe, expect, it } from 'vitest';
import type { Export } from '../../support/discord/exports/export.ts';
import { isWebhook } from '../../support/discord/exports/people.ts';
import { differences, recordOf, truthOf } from '../backfill/scene.ts';
import { FEW_MESSAGES, GUILDS } from './guilds.ts';
import { factsOf, halvesOf, inEveryOrder, type Past, usePasts } from './scene.ts';

const open = usePasts();

/** What exports alone tell, that is not recorded: names, who reacted, who used a command. */
async function lostOf({ rows }: Past, exports: Export[]): Promise<string[]> {
  const lines = await rows<{ line: string }>(
    `select user_id || ' is called ' || name as line from member_names
     union select message_id || ' ' || emoji_key || ' by ' || user_id from reaction_users where seen_at is not null
     union select message_id || ' asked by ' || invoker_id from messages where invoker_id is not null`,
  );
  const known = new Set(lines.map(({ line }) => line));
  const told = exports.flatMap(({ messages }) =>
    messages.flatMap(({ id, author, reactions, interaction, mentions = [] }) => [
      ...(isWebhook(author) ? [] : [author, ...mentions]).flatMap((user) =>
        [user.name, user.nickname].flatMap((name) => (name ? `${user.id} is called ${name}` : [])),
      ),
      ...reactions.flatMap(({ emoji, users = [] }) =>
        users.map((user) => `${id} ${emoji.id || emoji.name} by ${user.id}`),
      ),
      ...(interaction ? [`${id} asked by ${interaction.user.id}`] : []),
    ]),
  );
  return told.filter((line) => !known.has(line));
}

/** What only Discord tells of a guild's messages and channels, where it is not recorded. */
async function untoldOf({ rows, guild }: Past): Promise<{ what: string }[]> {
  return rows(
    `select 'flags of ' || message_id as what from messages where flags is null or by_api is not true
     union all select 'rules of ' || channel_id from channels
       where type not in (10, 11, 12) and (overwrites is null or details_by_api is not true)
     union all select 'joining of ' || user_id from members where joined_at is null and user_id = any($1::bigint[])
     union all select 'text of ' || message_id from messages where body_key & 3 <> 3`,
    [...guild.members.keys()],
  );
}

describe('imports and history of one guild', () => {
  it.for(GUILDS)('are one record in every order, of what either knew best: $name', async ({ load }) => {
    const exports = await load();
    const past = await open(exports);
    const { world, guild } = past;
    const [first] = [...guild.members.keys()].filter(
      (id) => id !== world.truth.bot.id && id !== guild.ownerId,
    );
    world.setNick(guild.id, first!, 'a nick of now');
    const differs = await inEveryOrder(past, exports, async (order) => {
      expect(differences(truthOf(past, guild), await recordOf(past, guild)), order).toEqual([]);
      expect(await lostOf(past, exports), order).toEqual([]);
      expect(await untoldOf(past), order).toEqual([]);
      expect(
        await past.rows('select nick, display_name from members where user_id = $1', first),
        order,
      ).toEqual([{ nick: 'a nick of now', display_name: 'a nick of now' }]);
    });
    expect(differs).toEqual([]);
  });

  it.for(FEW_MESSAGES)('taken once more change nothing: $name', async ({ load }) => {
    const exports = await load();
    const past = await open(exports);
    await past.take(exports);
    await past.ask();
    const before = await factsOf(past);
    const pages = past.pages().size;
    const again = await past.take(exports, { isAgain: true });
    expect(again.messages).toMatchObject({ new: 0, changed: 0 });
    expect((await past.take(halvesOf(exports).flat())).messages).toMatchObject({ new: 0, changed: 0 });
    const { card } = await past.ask();
    expect(card.messages).toBe(0);
    expect(await factsOf(past)).toEqual(before);
    // Only what is new since is asked for: a page a place at most, and the one that closes it.
    const places = [...past.guild.channels.values()].filter(({ type }) => ![4, 15].includes(type));
    expect(past.pages().size - pages).toBeLessThanOrEqual(2 * places.length);
  });
});
