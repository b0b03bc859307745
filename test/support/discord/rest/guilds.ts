/** A guild and what is in it, but for its people. */
import type { ChannelTruth, GuildTruth } from '../model.ts';
import { compareIds } from '../ordered.ts';
import { channelPayload, isHidden, threadMemberPayload } from '../payloads/channels.ts';
import { guildPayload, stickerPayload } from '../payloads/guilds.ts';
import { emojiPayload, rolePayload } from '../payloads/people.ts';
import { guildOf } from './reach.ts';
import { type Answer, type Asked, ok } from './route.ts';

/** GET /guilds/{guild_id} */
export function guild(asked: Asked): Answer {
  return ok(guildPayload(guildOf(asked), asked.query.get('with_counts') === 'true'));
}

/** GET /guilds/{guild_id}/channels: no threads, and none that is hidden from the bot. */
export function channels(asked: Asked): Answer {
  const { truth } = asked.world;
  const found = guildOf(asked);
  const listed = [...found.channels.values()].filter(
    (channel) => !channel.thread && !isHidden(truth, found, channel),
  );
  return ok(listed.map((channel) => channelPayload(truth, found, channel)));
}

/** GET /guilds/{guild_id}/threads/active: those that the bot may view, newest first. */
export function activeThreads(asked: Asked): Answer {
  const { truth } = asked.world;
  const found = guildOf(asked);
  const active = [...found.channels.values()]
    .filter((channel) => channel.thread?.archived === false && !isHidden(truth, found, channel))
    .toSorted((a, b) => compareIds(b.id, a.id));
  return ok({ ...threadList(asked, found, active), has_more: false });
}

/** Threads as lists of them show them: with the bot's own membership. */
export function threadList({ world }: Asked, found: GuildTruth, threads: ChannelTruth[]) {
  const { truth } = world;
  return {
    threads: threads.map((thread) => channelPayload(truth, found, thread)),
    members: threads
      .filter(({ thread }) => thread!.members.has(truth.bot.id))
      .map((thread) => threadMemberPayload(thread, truth.bot.id)),
  };
}

/** GET /guilds/{guild_id}/roles */
export function roles(asked: Asked): Answer {
  return ok([...guildOf(asked).roles.values()].map(rolePayload));
}

/** GET /guilds/{guild_id}/emojis */
export function emojis(asked: Asked): Answer {
  return ok([...guildOf(asked).emoji.values()].map(emojiPayload));
}

/** GET /guilds/{guild_id}/stickers */
export function stickers(asked: Asked): Answer {
  const found = guildOf(asked);
  return ok([...found.stickers.values()].map((sticker) => stickerPayload(found.id, sticker)));
}
