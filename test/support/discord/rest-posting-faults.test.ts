/** Posts of which the sender is told nothing true. */
import { describe, expect, it } from 'vitest';
import type { Fault } from './faults.ts';
import { type Begun, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

const NONCE = '1234567890123456789012345';
const MINUTE_MS = 60_000;

describe('made, though the answer does not say so', () => {
  const body = JSON.stringify({
    content: 'x',
    nonce: NONCE,
    enforce_nonce: true,
    allowed_mentions: { parse: [] },
  });
  const send = ({ plain, channel }: Begun, signal = new AbortController().signal) =>
    plain(`/api/v10/channels/${channel}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bot token', 'content-type': 'application/json' },
      body,
      signal,
    });

  const count = ({ world, channel }: Begun) => world.channel(channel).channel.messages.size;

  it('is a post that is answered with a 5xx', async () => {
    const begun = await begin();
    begun.discord.faults.next({ status: 502, after: true }, { method: 'POST' });
    expect((await send(begun)).status).toBe(502);
    expect(count(begun)).toBe(1);
    expect((await send(begun)).status).toBe(200);
    expect(count(begun)).toBe(1);
  });

  it('is not one that is answered so before', async () => {
    const begun = await begin();
    begun.discord.faults.next({ status: 502 });
    expect((await send(begun)).status).toBe(502);
    expect(count(begun)).toBe(0);
  });

  it.for<[string, Fault]>([
    ['whose connection is cut', { cut: 'after' }],
    ['whose answer is cut', { cut: 'body' }],
  ])('is one %s', async ([, fault]) => {
    const begun = await begin();
    begun.discord.faults.next(fault);
    await expect(send(begun).then((answer) => answer.text())).rejects.toThrow(/fetch failed|terminated/);
    expect(count(begun)).toBe(1);
  });

  it('is one that is never answered', async () => {
    const begun = await begin();
    const giveUp = new AbortController();
    begun.discord.faults.next({ hang: true, after: true });
    const sent = send(begun, giveUp.signal);
    await expect.poll(() => count(begun)).toBe(1);
    giveUp.abort();
    await expect(sent).rejects.toThrow('aborted');
  });

  it.for(['acceptWhen', 'acceptAfterMs'] as const)(
    'is one that is accepted when whoever sent it has given up: %s',
    async (kind) => {
      const begun = await begin();
      const giveUp = new AbortController();
      const held = Promise.withResolvers<void>();
      begun.discord.faults.next(
        kind === 'acceptWhen' ? { acceptWhen: held.promise } : { acceptAfterMs: 300 },
      );
      const sent = send(begun, giveUp.signal);
      await expect.poll(() => begun.discord.faults.pending).toBe(0);
      giveUp.abort();
      await expect(sent).rejects.toThrow('aborted');
      expect(count(begun)).toBe(0);
      begun.clock.now += MINUTE_MS;
      held.resolve();
      await expect.poll(() => count(begun)).toBe(1);
      // Sent again in time, it stays one.
      expect((await send(begun)).status).toBe(200);
      expect(count(begun)).toBe(1);
    },
  );
});
