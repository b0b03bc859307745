/** The real library against the loopback Discord: what must not lose a session, and what must. */
import { describe, expect, it } from 'vitest';
import { makeBot, startBot, startPlace, until } from './connecting.ts';

const isRejoined = ({ states }: { states: { state: string }[] }) =>
  ['resumed', 'identified'].includes(states.at(-1)?.state ?? '') && states.length > 1;

describe('what a session survives', () => {
  it.for([
    ['op 7', ({ gateway }) => gateway.reconnect()],
    ['op 9 that may be resumed', ({ gateway }) => gateway.invalidateSessions({ resumable: true })],
    ['a line that breaks', ({ gateway }) => gateway.cut()],
    ['close code 4000', ({ gateway }) => gateway.close(4000)],
    ['close code 4008, for too many requests', ({ gateway }) => gateway.close(4008)],
  ] as [string, (discord: Awaited<ReturnType<typeof startPlace>>['discord']) => void][])(
    '%s: every message is heard, once and in order',
    async ([, disturb]) => {
      const place = await startPlace();
      const bot = await startBot(place);
      const sent = place.say(3);
      disturb(place.discord);
      sent.push(...place.say(20));
      await until(() => bot.heard().length === 23 && bot.states.at(-1)?.state === 'resumed');
      expect(bot.heard()).toEqual(sent);
      expect(place.discord.gateway.tally.identifies).toBe(1);
    },
  );

  it('a gateway that refuses connections for a while, and tries further and further apart', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.refuseConnections();
    place.discord.gateway.cut();
    const sent = place.say(5);
    await until(() => bot.states.filter(({ state }) => state === 'retrying').length >= 3);
    expect(bot.states.at(-1)).toEqual({ state: 'retrying', failures: 3, cause: 'ECONNREFUSED' });
    await place.discord.gateway.acceptConnections();
    await until(() => isRejoined(bot));
    expect([bot.states.at(-1), bot.heard()]).toEqual([{ state: 'resumed' }, sent]);
  });

  it('a gateway that answers with errors of HTTP', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.refuseUpgrades(2, 502);
    place.discord.gateway.cut();
    await until(() => isRejoined(bot));
    expect(bot.states.at(-1)).toEqual({ state: 'resumed' });
  });

  it('a resume address that is gone: in the end it resumes at the address for all', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    const session = bot.sessions.retrieve(0)!;
    bot.sessions.update(0, { ...session, resumeURL: 'ws://127.0.0.1:1' });
    place.discord.gateway.cut();
    const sent = place.say();
    await until(() => isRejoined(bot));
    expect([bot.states.at(-1), bot.heard()]).toEqual([{ state: 'resumed' }, sent]);
    expect(bot.sessions.current(0)?.resumeUrl).toBe(place.discord.gateway.url);
  });

  it('a resume address that is no address at all', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    bot.sessions.update(0, { ...bot.sessions.retrieve(0)!, resumeURL: 'nonsense' });
    place.discord.gateway.cut();
    await until(() => isRejoined(bot));
    expect(bot.states.at(-1)).toEqual({ state: 'resumed' });
  });

  it('heartbeats that nobody answers', async () => {
    const place = await startPlace({ gateway: { heartbeatIntervalMs: 100 } });
    const bot = await startBot(place);
    place.discord.gateway.ignoreHeartbeats(2);
    await until(() => isRejoined(bot));
    expect(bot.states.at(-1)).toEqual({ state: 'resumed' });
    expect(place.discord.gateway.tally.identifies).toBe(1);
  });

  it('a RESUME that is not answered, once', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.ignoreResumes(1);
    place.discord.gateway.cut();
    const sent = place.say();
    await until(() => isRejoined(bot));
    expect([bot.states.at(-1), bot.heard()]).toEqual([{ state: 'resumed' }, sent]);
  });
});

describe('what ends a session', () => {
  it('op 9: it identifies anew, and says which session was refused', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    const session = bot.sessions.current(0);
    place.discord.gateway.invalidateSessions();
    await until(() => isRejoined(bot));
    expect(bot.states).toContainEqual({ state: 'session refused', session });
    expect(bot.states.at(-1)).toEqual({ state: 'identified' });
    expect(bot.sessions.current(0)?.sessionId).not.toBe(session?.sessionId);
  });

  it('a RESUME that is not answered again: it identifies anew', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.ignoreResumes();
    place.discord.gateway.cut();
    await until(() => isRejoined(bot));
    expect(bot.states.at(-1)).toEqual({ state: 'identified' });
  });

  it('a RESUME that is refused after a long outage: it identifies anew', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.refuseConnections();
    place.discord.gateway.cut();
    await until(() => bot.states.at(-1)?.state === 'retrying');
    place.discord.gateway.forgetSessions();
    await place.discord.gateway.acceptConnections();
    await until(() => isRejoined(bot));
    expect(bot.states.at(-1)).toEqual({ state: 'identified' });
  });
});

describe('a restart', () => {
  it('closing keeps the session, and the next run resumes behind the last event that was kept', async () => {
    const place = await startPlace();
    const first = await startBot(place);
    const sent = place.say(3);
    await until(() => first.heard().length === 3);
    const restored = first.progress();
    sent.push(...place.say(2));
    await until(() => first.heard().length === 5);
    await first.closeKeeping();
    expect(place.discord.gateway.tally.closes).toEqual([4200]);
    expect(first.sessions.current(0)).toEqual(restored.session);
    sent.push(...place.say(4));

    const second = await startBot(place, { restored });
    await until(() => second.heard().length === 6);
    expect(second.heard()).toEqual(sent.slice(3));
    expect(place.discord.gateway.tally).toMatchObject({ identifies: 1, resumes: 1 });
  });

  it('no dispatch comes after closing, not even what came with the one before', async () => {
    const place = await startPlace();
    const heard: string[] = [];
    let closed: Promise<void> | undefined;
    const bot = makeBot(place, {
      onDispatch({ t }) {
        heard.push(t);
        if (t === 'MESSAGE_CREATE') closed ??= bot.closeKeeping();
      },
    });
    await bot.start();
    await until(() => heard.includes('GUILD_CREATE'));
    place.say(50);
    await until(() => closed !== undefined);
    await closed;
    expect(heard).toEqual(['READY', 'GUILD_CREATE', 'MESSAGE_CREATE']);
  });

  it('closing ends tries at a gateway that refuses connections', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.refuseConnections();
    place.discord.gateway.cut();
    await until(() => bot.states.at(-1)?.state === 'retrying');
    await bot.closeKeeping();
    await place.discord.gateway.acceptConnections();
    const { length } = bot.states;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect([bot.states.length, place.discord.gateway.connected]).toEqual([length, 0]);
  });

  it("resumes even where the day's identifies are used up", async () => {
    const place = await startPlace({ gateway: { identifiesPerDay: 1 } });
    const first = await startBot(place);
    const restored = first.progress();
    await first.closeKeeping();
    const second = await startBot(place, { restored });
    expect(second.states).toEqual([{ state: 'resumed' }]);
  });

  it("waits where it must identify and the day's identifies are used up", async () => {
    const place = await startPlace({ gateway: { identifiesPerDay: 1 } });
    const first = await startBot(place);
    await first.closeKeeping();
    const second = makeBot(place);
    const started = second.start();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(place.discord.gateway.tally.identifies).toBe(1);
    await second.closeKeeping();
    await started;
  });
});

describe('what is known of a connection', () => {
  it('since when it hears all', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    const { sessions } = bot;
    const now = performance.now() * 50;
    expect([sessions.isLive(0), sessions.droppedSince(0, now), sessions.droppedSince(0, 0)]).toEqual([
      true,
      false,
      true,
    ]);
    place.discord.gateway.cut();
    await until(() => !sessions.isLive(0));
    expect(sessions.droppedSince(0, now)).toBe(true);
    await until(() => sessions.isLive(0));
    expect(sessions.droppedSince(0, now)).toBe(true);
    expect(sessions.droppedSince(0, performance.now() * 50)).toBe(false);
  });

  it('each shard hears of its own guilds', async () => {
    const place = await startPlace();
    const bot = makeBot(place, { shards: { ids: [0, 1], count: 2 } });
    await bot.start();
    await until(() => bot.dispatches.some(({ t }) => t === 'GUILD_CREATE'));
    expect(place.discord.gateway.sessions.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(bot.client.isReady()).toBe(true);
  });
});
