import { ChannelType, MessageType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Happening } from './model.ts';
import { channelPayload, messagePayload } from './payloads.ts';
import { makeWorld } from './world.ts';

/** A guild with a channel and two people, and all that happens from now on. */
function start(now?: () => number) {
  const world = makeWorld(now ? { now } : {});
  const guild = world.addGuild();
  const channel = world.addChannel(guild.id);
  const anna = world.addUser('anna', { guildId: guild.id });
  const bela = world.addUser('bela', { guildId: guild.id });
  const told: Happening[] = [];
  world.on((happening) => told.push(happening));
  const names = () => told.map(({ dispatch }) => dispatch.t);
  const last = () => told.at(-1)!.dispatch.d as Record<string, unknown>;
  return { world, guild, channel, anna, bela, told, names, last };
}

describe('ids', () => {
  it('are of the time that the clock shows, and ascend even where it goes back', () => {
    let now = Date.UTC(2024, 1, 29);
    const { world } = start(() => now);
    const ids = Array.from({ length: 5000 }, () => world.nextId());
    now -= 1000;
    ids.push(world.nextId());
    expect(ids.map(BigInt).every((id, i, all) => i === 0 || id > all[i - 1]!)).toBe(true);
    expect(ids.every((id) => /^\d{17,19}$/.test(id))).toBe(true);
    expect(Number(BigInt(ids[0]!) >> 22n) + 1_420_070_400_000).toBe(Date.UTC(2024, 1, 29));
  });

  it('that are not there are named in an error', () => {
    const { world, guild, channel, anna } = start();
    expect(() => world.send('123', { author: anna.id })).toThrow('This world has no channel 123');
    expect(() => world.send(channel.id, { author: '124' })).toThrow('This world has no member 124');
    expect(() => world.giveRole(guild.id, anna.id, '125')).toThrow('This world has no role 125');
    expect(() => world.edit({ channelId: channel.id, id: '126' }, 'x')).toThrow(
      'This world has no message 126',
    );
    expect(() => world.voiceJoin(channel.id, anna.id)).toThrow('has no voice');
  });
});

describe('messages', () => {
  it('mention whom they name, and whom they answer', () => {
    const { world, guild, channel, anna, bela } = start();
    const role = world.addRole(guild.id);
    const first = world.send(channel.id, { author: bela.id, content: `<@${anna.id}> <@&${role.id}> @here` });
    expect(first).toMatchObject({ mentions: [anna.id], mentionRoles: [role.id], mentionsEveryone: true });
    const reply = world.send(channel.id, { author: anna.id, content: 'yes', replyTo: first.id });
    expect(messagePayload(world.truth, guild, reply)).toMatchObject({
      type: MessageType.Reply,
      mentions: [{ id: bela.id }],
      referenced_message: { id: first.id },
    });
    world.deleteMessage(first);
    expect(messagePayload(world.truth, guild, reply).referenced_message).toBeNull();
    expect(channel.lastMessageId).toBe(reply.id);
  });

  it('keep their earlier text when edited; an unfurled link is no edit', () => {
    let now = 1_700_000_000_000;
    const { world, channel, anna, names, last } = start(() => now);
    const message = world.send(channel.id, { author: anna.id, content: 'first' });
    world.unfurl(message, { title: 'a page' });
    expect(last()).toMatchObject({ edited_timestamp: null, embeds: [{ title: 'a page' }] });
    now += 5000;
    world.edit(message, 'second');
    expect(last()).toMatchObject({ content: 'second', edited_timestamp: '2023-11-14T22:13:25.000000+00:00' });
    expect(message.earlier).toEqual([{ content: 'first', at: now - 5000 }]);
    expect(names()).toEqual(['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_UPDATE']);
  });

  it('are forwarded as they were then', () => {
    const { world, guild, channel, anna, bela } = start();
    const message = world.send(channel.id, { author: anna.id, content: 'first' });
    const forward = world.send(channel.id, { author: bela.id, forward: message });
    world.edit(message, 'second');
    expect(messagePayload(world.truth, guild, forward)).toMatchObject({
      content: '',
      message_reference: { type: 1, message_id: message.id },
      message_snapshots: [{ message: { content: 'first' } }],
    });
  });

  it('are pinned, with a word of who did it', () => {
    const { world, channel, anna, bela, names } = start();
    const message = world.send(channel.id, { author: anna.id, content: 'keep' });
    world.pin(message, bela.id);
    world.unpin(message);
    const pinning = ['MESSAGE_UPDATE', 'CHANNEL_PINS_UPDATE'];
    expect(names()).toEqual(['MESSAGE_CREATE', ...pinning, 'MESSAGE_CREATE', ...pinning]);
    expect([...channel.messages.values()].map(({ type }) => type)).toEqual([0, 6]);
  });

  it('go alone or in bulk', () => {
    const { world, channel, anna, last } = start();
    const [one, two, three] = [1, 2, 3].map((i) =>
      world.send(channel.id, { author: anna.id, content: `${i}` }),
    );
    world.deleteMessage(one!);
    expect(last()).toMatchObject({ id: one!.id, channel_id: channel.id });
    world.bulkDelete(channel.id, [two!.id, three!.id]);
    expect(last()).toMatchObject({ ids: [two!.id, three!.id] });
    expect(channel.messages.size).toBe(0);
  });

  it('of a webhook have its name and no member', () => {
    const { world, channel, last } = start();
    world.send(channel.id, { webhook: { id: '222222222222222222', name: 'feed' }, content: 'news' });
    expect(last()).toMatchObject({
      webhook_id: '222222222222222222',
      author: { id: '222222222222222222', username: 'feed', bot: true },
    });
    expect(last()).not.toHaveProperty('member');
  });
});

describe('reactions and votes', () => {
  it('count who reacted, normal and burst apart', () => {
    const { world, guild, channel, anna, bela, names, last } = start();
    world.setEmoji(guild.id, [{ name: 'gull' }]);
    const [gull] = [...guild.emoji.keys()];
    const message = world.send(channel.id, { author: anna.id, content: 'hi' });
    world.react(message, anna.id, '👍');
    world.react(message, anna.id, '👍', { burst: true });
    expect(last()).toMatchObject({ burst: true, type: 1, emoji: { id: null, name: '👍' } });
    world.react(message, bela.id, '👍');
    world.react(message, world.truth.bot.id, gull!);
    world.unreact(message, bela.id, '👍');
    expect(messagePayload(world.truth, guild, message).reactions).toMatchObject([
      { emoji: { name: '👍' }, count: 2, count_details: { burst: 1, normal: 1 }, me: false },
      { emoji: { id: gull, name: 'gull' }, count: 1, me: true },
    ]);
    world.clearEmoji(message, '👍');
    world.clearReactions(message);
    expect(message.reactions.size).toBe(0);
    expect(names().slice(-2)).toEqual(['MESSAGE_REACTION_REMOVE_EMOJI', 'MESSAGE_REACTION_REMOVE_ALL']);
  });

  it('votes can be taken back until the poll ends', () => {
    const { world, guild, channel, anna, bela, last } = start();
    const poll = world.send(channel.id, {
      author: anna.id,
      poll: { question: 'tea?', answers: ['yes', 'no'] },
    });
    world.vote(poll, anna.id, 1);
    expect(() => world.vote(poll, anna.id, 2)).toThrow('has voted');
    world.vote(poll, bela.id, 1);
    world.unvote(poll, anna.id, 1);
    world.vote(poll, anna.id, 2);
    world.endPoll(poll);
    expect(last()).toMatchObject({ poll: { results: { is_finalized: true } } });
    expect(messagePayload(world.truth, guild, poll).poll!.results!.answer_counts).toEqual([
      { id: 1, count: 1, me_voted: false },
      { id: 2, count: 1, me_voted: false },
    ]);
  });
});

describe('threads', () => {
  it('of a message have its id, and begin with what refers to it', () => {
    const { world, channel, anna, names } = start();
    const message = world.send(channel.id, { author: anna.id, content: 'topic' });
    const thread = world.startThread(channel.id, { ownerId: anna.id, messageId: message.id });
    expect(thread).toMatchObject({ id: message.id, type: ChannelType.PublicThread });
    expect([...thread.messages.values()]).toMatchObject([
      { type: MessageType.ThreadStarterMessage, content: '' },
    ]);
    expect(message.flags).toBe(32);
    expect(names()).toEqual(['MESSAGE_CREATE', 'THREAD_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_CREATE']);
  });

  it('of a forum begin with a message of their own id', () => {
    const { world, guild, anna } = start();
    const forum = world.addChannel(guild.id, ChannelType.GuildForum);
    const post = world.startThread(forum.id, { ownerId: anna.id, name: 'how?', content: 'like so' });
    world.send(post.id, { author: anna.id, content: 'or so' });
    expect([...post.messages.values()].map(({ content }) => content)).toEqual(['like so', 'or so']);
    expect(post.messages.has(post.id)).toBe(true);
    expect(channelPayload(world.truth, guild, post)).toMatchObject({ parent_id: forum.id, message_count: 1 });
  });

  it('open again when somebody writes, unless they are locked', () => {
    const { world, channel, anna, bela, names } = start();
    const thread = world.startThread(channel.id, { ownerId: anna.id });
    world.archiveThread(thread.id);
    world.send(thread.id, { author: bela.id, content: 'late' });
    expect(thread.thread).toMatchObject({ archived: false, members: new Set([anna.id, bela.id]) });
    expect(names().slice(-4)).toEqual([
      'THREAD_UPDATE',
      'THREAD_UPDATE',
      'THREAD_MEMBERS_UPDATE',
      'MESSAGE_CREATE',
    ]);
    world.archiveThread(thread.id, { locked: true });
    expect(() => world.send(thread.id, { author: bela.id, content: 'later' })).toThrow('is locked');
    world.deleteThread(thread.id);
    expect(names().at(-1)).toBe('THREAD_DELETE');
  });
});

describe('members and voice', () => {
  it('who is banned leaves voice and the guild, and cannot come back', () => {
    const { world, guild, anna, names } = start();
    const voice = world.addChannel(guild.id, ChannelType.GuildVoice);
    world.voiceJoin(voice.id, anna.id);
    world.ban(guild.id, anna.id);
    expect(names().slice(1)).toEqual([
      'VOICE_STATE_UPDATE',
      'GUILD_BAN_ADD',
      'VOICE_STATE_UPDATE',
      'GUILD_MEMBER_REMOVE',
    ]);
    expect(() => world.join(guild.id, anna.id)).toThrow('is banned');
    world.unban(guild.id, anna.id);
    world.join(guild.id, anna.id);
    expect(guild.members.has(anna.id)).toBe(true);
  });

  it('a name is told to every guild of the account', () => {
    const { world, anna, bela, told } = start();
    const other = world.addGuild();
    world.join(other.id, anna.id);
    told.length = 0;
    world.rename(anna.id, { global_name: 'Anna' });
    expect(told.map(({ dispatch }) => dispatch.t)).toEqual(['GUILD_MEMBER_UPDATE', 'GUILD_MEMBER_UPDATE']);
    expect(world.truth.users.get(bela.id)!.global_name).toBeNull();
  });

  it('who moves keeps the session, and all leave a channel that is deleted', () => {
    const { world, guild, anna, bela, last, names } = start();
    const [one, two] = [0, 1].map(() => world.addChannel(guild.id, ChannelType.GuildVoice));
    world.voiceJoin(one!.id, anna.id);
    const { session_id: session } = last();
    world.voiceMove(two!.id, anna.id);
    expect(last()).toMatchObject({ channel_id: two!.id, session_id: session });
    world.voiceJoin(two!.id, bela.id);
    world.deleteChannel(two!.id);
    expect(guild.voice.size).toBe(0);
    expect(names().slice(-3)).toEqual(['VOICE_STATE_UPDATE', 'VOICE_STATE_UPDATE', 'CHANNEL_DELETE']);
    expect(last()).toMatchObject({ id: two!.id });
  });
});
