import { GatewayOpcodes } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../gateway.ts';
import { identifyRaw, type RawClient, resumeRaw } from './raw-client.ts';
import { ALL, names, settled, start, stopAfterEach, texts, until } from './start.ts';

stopAfterEach();

describe('a resumed session', () => {
  /** A session that was left by a code, and what was said since. */
  async function left(options: GatewayOptions = {}, leave = (client: RawClient) => client.close(4000)) {
    const started = await start(options);
    const first = await identifyRaw(started.url, ALL);
    started.say('before');
    await first.next('MESSAGE_CREATE');
    leave(first);
    await first.closed;
    for (let i = 0; i < 3; i++) started.say(`missed ${i}`);
    return { ...started, first };
  }

  it('is told what it missed, in order, then RESUMED, then goes on', async () => {
    const { first, url, say, gateway } = await left();
    const second = await resumeRaw(url, first.sessionId, 3);
    await second.next('RESUMED');
    say('after');
    await settled(second);
    expect(second.frames.flatMap(({ s }) => s ?? [])).toEqual([4, 5, 6, 7, 8]);
    expect(names(second.frames).at(3)).toBe('RESUMED');
    expect(texts(second.frames)).toEqual(['missed 0', 'missed 1', 'missed 2', 'after']);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1, refusedResumes: 0, closes: [4000] });
    second.cut();
    const third = await resumeRaw(url, first.sessionId, 3);
    await settled(third);
    expect(names(third.frames)).toEqual([...Array(4).fill('MESSAGE_CREATE'), 'RESUMED']);
  });

  it('is told again what it had been told, where it asks for it', async () => {
    const { first, url } = await left();
    const second = await resumeRaw(url, first.sessionId, 1);
    await second.next('RESUMED');
    expect(names(second.frames)).toEqual(['GUILD_CREATE', ...Array(4).fill('MESSAGE_CREATE'), 'RESUMED']);
  });

  it('keeps only its newest dispatches, and replays these', async () => {
    const { first, url, say } = await left({ replayMax: 10 });
    for (let i = 3; i < 100; i++) say(`missed ${i}`);
    const second = await resumeRaw(url, first.sessionId, 101);
    await settled(second);
    expect(texts(second.frames)).toEqual(['missed 98', 'missed 99']);
  });

  const gone: [why: string, options: GatewayOptions, leave: (client: RawClient) => void][] = [
    ['was closed with 1000', {}, (client) => client.close(1000)],
    ['was closed with 1001', {}, (client) => client.close(1001)],
    ['missed more than is kept', { replayMax: 2 }, (client) => client.cut()],
  ];
  it.for(gone)('is invalid where it %s', async ([, options, leave]) => {
    const { first, url } = await left(options, leave);
    const second = await resumeRaw(url, first.sessionId, 3);
    expect((await second.next(GatewayOpcodes.InvalidSession)).d).toBe(false);
  });

  it('is invalid where it waited too long', async () => {
    const { first, url, gateway } = await left({ sessionLifeMs: 0 });
    await until(() => gateway.sessions.length === 0);
    const second = await resumeRaw(url, first.sessionId, 3);
    expect((await second.next(GatewayOpcodes.InvalidSession)).d).toBe(false);
  });

  it('is invalid where it was forgotten, and may identify on the same connection', async () => {
    const { first, url, gateway } = await left();
    gateway.forgetSessions();
    const second = await resumeRaw(url, first.sessionId, 3);
    await second.next(GatewayOpcodes.InvalidSession);
    second.send(GatewayOpcodes.Identify, { token: 'token', intents: ALL, properties: {} });
    expect((await second.next('READY')).s).toBe(1);
    expect(gateway.tally).toMatchObject({ identifies: 2, refusedResumes: 1 });
  });

  it('is invalid where it was forgotten while it was connected', async () => {
    const { url, gateway } = await start();
    const first = await identifyRaw(url, ALL);
    gateway.forgetSessions();
    const second = await resumeRaw(url, first.sessionId, 1);
    expect((await second.next(GatewayOpcodes.InvalidSession)).d).toBe(false);
  });

  it('takes the place of its older connection', async () => {
    const { url, say } = await start();
    const first = await identifyRaw(url, ALL);
    const second = await resumeRaw(url, first.sessionId, 2);
    await second.next('RESUMED');
    await first.closed;
    say('hello');
    await settled(second);
    expect(texts(second.frames)).toEqual(['hello']);
  });
});
