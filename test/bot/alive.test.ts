import { describe, expect, it } from 'vitest';
import { makeAliveness } from '../../bot/alive.ts';
import { makeSessions } from '../../bot/sessions.ts';

/** Shard 0 has a session and a recorder; the clock is moved by hand. */
function makeScene() {
  const scene = { ms: 1_000, lagMs: 0 };
  const sessions = makeSessions(() => scene.ms);
  sessions.update(0, { shardId: 0, shardCount: 1, sequence: 1, sessionId: 'one', resumeURL: '' });
  const alive = makeAliveness({
    sessions,
    stateOf: (shardId) => (shardId === 0 ? { lagMs: scene.lagMs } : undefined),
    now: () => scene.ms,
  });
  return Object.assign(scene, { sessions, alive, of: () => alive.of(0) });
}

describe('until when all of a shard is kept', () => {
  it('is now while it is connected, or when the oldest event came that is not yet written', () => {
    const scene = makeScene();
    scene.sessions.connected(0);
    expect(scene.of()).toEqual({ sessionId: 'one', at: 1_000 });
    scene.ms = 5_000;
    expect(scene.of()).toEqual({ sessionId: 'one', at: 5_000 });
    scene.lagMs = 3_000;
    expect(scene.of()).toEqual({ sessionId: 'one', at: 2_000 });
  });

  it('is not known of a shard that is not connected, or that nobody records here', () => {
    const scene = makeScene();
    expect(scene.of()).toBeUndefined();
    scene.sessions.connected(0);
    scene.sessions.dropped(0);
    expect(scene.of()).toBeUndefined();
    expect(scene.alive.of(1)).toBeUndefined();
  });

  it('is when an orderly close began, as far as all is written then', () => {
    const scene = makeScene();
    scene.sessions.connected(0);
    scene.ms = 2_000;
    scene.alive.close([0]);
    scene.sessions.dropped(0);
    scene.ms = 6_000;
    expect(scene.of()).toEqual({ sessionId: 'one', at: 2_000 });
    scene.lagMs = 4_500;
    expect(scene.of()).toEqual({ sessionId: 'one', at: 1_500 });
  });

  it('stays unknown where the close finds it not connected', () => {
    const scene = makeScene();
    scene.alive.close([0]);
    scene.sessions.connected(0);
    expect(scene.of()).toBeUndefined();
  });
});
