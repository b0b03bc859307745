import { describe, expect, it } from 'vitest';
import { bigGuild, differences, recordOf, truthOf, useScenes } from './scene.ts';

const open = useScenes();

describe('a backfill', () => {
  it('reads every kind of channel to its beginning, and asks for no page twice', async () => {
    const scene = await open();
    const big = bigGuild(scene);
    const end = await scene.run(await scene.order(big.guild));
    expect(end.state).toBe('done');
    expect(differences(truthOf(scene, big.guild), await recordOf(scene, big.guild))).toEqual([]);
  });
});
