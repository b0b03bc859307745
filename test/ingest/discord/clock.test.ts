import { describe, expect, it } from 'vitest';
import { makeDiscordClock } from '../../../ingest/discord/clock.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const dated = (ms: number) => new Date(Math.floor(ms / 1000) * 1000).toUTCString();

/** A clock of ours that is wrong by so much, and answers that took 200 ms. */
function behind(skewMs: number) {
  let ours = NOON;
  const clock = makeDiscordClock(() => ours);
  const answer = (by = skewMs) => {
    clock.learn(dated(ours + 100 + by), ours, ours + 200);
    ours += 333;
  };
  return { clock, answer, ours: () => ours };
}

describe("Discord's time", () => {
  it('is ours until an answer shows another', () => {
    const { clock, ours } = behind(60_000);
    expect(clock.discordNow()).toBe(ours());
  });

  it.each([3_600_000, -86_400_000, 5_000])('is off ours by what answers show: %d ms', (skewMs) => {
    const { clock, answer, ours } = behind(skewMs);
    for (let i = 0; i < 9; i++) answer();
    expect(Math.abs(clock.discordNow() - ours() - skewMs)).toBeLessThanOrEqual(500);
  });

  it('is ours where they differ by less than a header can tell', () => {
    const { clock, answer, ours } = behind(400);
    for (let i = 0; i < 9; i++) answer();
    expect(clock.discordNow()).toBe(ours());
  });

  it('does not follow one strange answer', () => {
    const { clock, answer, ours } = behind(0);
    for (let i = 0; i < 8; i++) answer(i === 4 ? 9_000_000 : 0);
    expect(clock.discordNow()).toBe(ours());
  });

  it('follows a clock that is set', () => {
    const { clock, answer, ours } = behind(0);
    for (let i = 0; i < 9; i++) answer();
    for (let i = 0; i < 6; i++) answer(7_200_000);
    expect(Math.abs(clock.discordNow() - ours() - 7_200_000)).toBeLessThanOrEqual(500);
  });

  it('learns nothing of an answer without a date, a slow one, or one that came before it was asked for', () => {
    let ours = NOON;
    const clock = makeDiscordClock(() => ours);
    const later = dated(NOON + 60_000);
    clock.learn(null, NOON, NOON + 100);
    clock.learn('yesterday', NOON, NOON + 100);
    clock.learn(later, NOON, NOON + 10_000);
    clock.learn(later, NOON, NOON - 10_000);
    expect(clock.discordNow()).toBe(ours);
    ours += 5;
    expect(clock.discordNow()).toBe(ours);
  });
});
