import { describe, expect, it } from 'vitest';
import { type LimitsOptions, makeLimits } from './limits.ts';

const CHANNEL = '100000000000000001';
const OTHER_CHANNEL = '100000000000000002';
const messages = (id: string) => `/channels/${id}/messages`;

function makeAsking(options: LimitsOptions = { isOn: true }) {
  const limits = makeLimits(options);
  const ask = (nowMs: number, path = messages(CHANNEL), method = 'GET') =>
    limits.take({ method, path, nowMs });
  return { limits, ask };
}

describe('a bucket', () => {
  it('lets a channel be read five pages in five seconds, and refuses the sixth until its window is over', () => {
    const { ask } = makeAsking();
    const answers = [0, 10, 20, 30, 40].map((at) => ask(at));
    expect(answers.map(({ headers }) => headers['X-RateLimit-Remaining'])).toEqual(['4', '3', '2', '1', '0']);
    expect(answers.every(({ refused }) => refused === undefined)).toBe(true);
    expect(ask(1_000).refused).toEqual({
      status: 429,
      headers: {
        'X-RateLimit-Limit': '5',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '5.000',
        'X-RateLimit-Reset-After': '4.000',
        'X-RateLimit-Bucket': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        'X-RateLimit-Scope': 'user',
        'Retry-After': '4.000',
      },
      body: { message: 'You are being rate limited.', retry_after: 4, global: false },
    });
    expect(ask(4_999).refused).toBeDefined();
    expect(ask(5_000).refused).toBeUndefined();
  });

  it('is one per channel, under one name for all channels', () => {
    const { ask } = makeAsking();
    const [first, second] = [ask(0), ask(0, messages(OTHER_CHANNEL))];
    expect(second.headers['X-RateLimit-Remaining']).toBe('4');
    expect(second.headers['X-RateLimit-Bucket']).toBe(first.headers['X-RateLimit-Bucket']);
  });

  it('is not drawn from by another method, or by the messages of a channel asked one by one', () => {
    const { ask } = makeAsking();
    const [page] = [ask(0), ask(0, messages(CHANNEL), 'POST')];
    const one = ask(0, `${messages(CHANNEL)}/${OTHER_CHANNEL}`);
    expect(one.headers['X-RateLimit-Remaining']).toBe('9');
    expect(one.headers['X-RateLimit-Bucket']).not.toBe(page!.headers['X-RateLimit-Bucket']);
    expect(ask(0).headers['X-RateLimit-Remaining']).toBe('3');
  });

  it('is shared by putting a reaction and taking it away, whatever the emoji', () => {
    const { ask } = makeAsking();
    const reaction = (emoji: string) => `${messages(CHANNEL)}/${OTHER_CHANNEL}/reactions/${emoji}/@me`;
    expect(ask(0, reaction('%F0%9F%91%8D'), 'PUT').refused).toBeUndefined();
    expect(ask(0, reaction('heart:100000000000000009'), 'DELETE').refused).toBeDefined();
  });

  it('takes the figures that a test gives it', () => {
    const { ask } = makeAsking({
      isOn: true,
      routes: { 'GET /channels/{channel_id}/messages': { requests: 1, perMs: 20 } },
    });
    ask(0);
    expect(ask(5).refused?.headers['Retry-After']).toBe('0.015');
  });
});

describe('the global limit', () => {
  const channels = (count: number) =>
    Array.from({ length: count }, (_, i) => messages(String(BigInt(CHANNEL) + BigInt(i))));

  it('refuses the 51st request of a second, whatever its bucket', () => {
    const { ask } = makeAsking();
    const answers = channels(51).map((path) => ask(100, path));
    expect(answers.slice(0, 50).filter(({ refused }) => refused)).toEqual([]);
    expect(answers[50]!.refused).toMatchObject({
      headers: { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global', 'Retry-After': '1.000' },
      body: { global: true, retry_after: 1 },
    });
    expect(ask(1_100).refused).toBeUndefined();
  });

  it('exempts callbacks and follow-ups of interactions', () => {
    const { ask } = makeAsking({ isOn: true, globalPerSecond: 0 });
    expect(ask(0).refused).toBeDefined();
    expect(ask(0, `/interactions/${CHANNEL}/token/callback`, 'POST').refused).toBeUndefined();
    expect(ask(0, `/webhooks/${CHANNEL}/token/messages/%40original`, 'PATCH').refused).toBeUndefined();
  });
});

describe('a storm', () => {
  it('refuses as many requests as it was told to, even where limits are off', () => {
    const { limits, ask } = makeAsking({});
    limits.storm({ requests: 2, retryAfterMs: 250, scope: 'shared' });
    const answers = [ask(0), ask(0), ask(0)];
    expect(answers.map(({ refused }) => refused?.headers['X-RateLimit-Scope'])).toEqual([
      'shared',
      'shared',
      undefined,
    ]);
    expect(answers[0]!.refused?.headers['Retry-After']).toBe('0.250');
    expect(answers[2]).toEqual({ headers: {} });
  });

  it('can keep silent about when to come again', () => {
    const { limits, ask } = makeAsking({});
    limits.storm({ requests: 1, retryAfterMs: 250, withoutRetryAfter: true });
    expect(ask(0).refused).toEqual({
      status: 429,
      headers: { 'X-RateLimit-Scope': 'user' },
      body: { message: 'You are being rate limited.', global: false },
    });
  });
});

describe('what is counted', () => {
  it('requests by bucket, the refused ones too, also where limits are off', () => {
    const { limits, ask } = makeAsking({});
    limits.storm({ requests: 1, retryAfterMs: 1 });
    ask(0);
    ask(0);
    ask(0, `/guilds/${CHANNEL}/roles`);
    expect([...limits.requests]).toEqual([
      [`GET /channels/{channel_id}/messages ${CHANNEL}`, 2],
      [`GET /guilds/{id}/roles ${CHANNEL}`, 1],
    ]);
  });

  it('invalid answers of ten minutes: refusals that are not shared, and what the server says was forbidden', () => {
    const { limits, ask } = makeAsking({});
    limits.storm({ requests: 1, retryAfterMs: 1, scope: 'shared' });
    limits.storm({ requests: 1, retryAfterMs: 1 });
    ask(0);
    ask(0);
    limits.invalid(60_000);
    expect(limits.invalidCount(60_000)).toBe(2);
    expect(limits.invalidCount(600_000)).toBe(1);
    expect(limits.invalidCount(660_000)).toBe(0);
  });
});
