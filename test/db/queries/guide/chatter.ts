/** Made talk with everything in it that a topic must mind. */
import { seededRandom, pick } from '../../../support/random.ts';
import type { Talk } from '../../../support/talk.ts';

/** Words to ask for, each with the forms and faults in which it is written; no two of them are near. */
export const SUBJECTS: Record<string, string[]> = {
  kiln: ['kiln', 'kilns', 'Kiln'],
  stoneware: ['stoneware', 'stonewares'],
  'node-cron': ['node-cron', 'Node-Cron'],
  öfen: ['Öfen', 'ofen'],
  wheelbarrow: ['wheelbarrow'],
};
/** One that is rare beside the right one. */
const MISSPELLED = 'wheelbarow';
const FILLERS = ['yard', 'shelf', 'Tuesday', 'bucket', 'window', 'the', 'is', 'and', 'of', 'it'];
const PEOPLE = ['Ada', 'Ben', 'Cy', 'Dot', 'Eve', 'Fay', 'Gus', 'Hal', 'Ivy', 'Joe'];
const CHANNELS = ['clay', 'help', 'chat', 'secret', 'hidden'];
/** Each says thanks. */
export const THANKS = ['thanks', 'danke', 'спасибо', 'ty'];

/** So many messages over a year up to now: questions, replies, threads, forum posts, thanks, reactions, deletions, a bot. */
export function chatter(talk: Talk, seed: number, messages: number): void {
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  const who = () => (chance(0.05) ? 'Robot' : pick(PEOPLE, random));
  const said: string[] = [];
  const asked: { id: string; by: string }[] = [];
  const places = [...CHANNELS];
  const somewhere = () => pick(chance(0.4) ? places.slice(-6) : CHANNELS, random);
  const text = (): string => {
    const words = Array.from({ length: 3 + Math.floor(random() * 5) }, () =>
      chance(0.25) ? pick(SUBJECTS[pick(Object.keys(SUBJECTS), random)]!, random) : pick(FILLERS, random),
    );
    return `${chance(0.01) ? `${MISSPELLED} ` : ''}${words.join(' ')}`;
  };
  const ask = (by: string, id: string) => asked.push({ id, by });
  const answer = () => {
    const { id, by } = pick(asked.slice(-8), random);
    const one = talk.replies(who(), id, text());
    said.push(one);
    if (chance(0.2)) talk.reacts(by, one, '❤️');
    if (chance(0.2)) talk.reacts(who(), one);
    if (chance(0.25)) said.push(talk.replies(by, one, chance(0.6) ? pick(THANKS, random) : text()));
  };
  // What is never mistaken must be there to begin with.
  for (let i = 0; i < 24; i++) said.push(talk.says(pick(PEOPLE, random), 'chat', 'a wheelbarrow'));
  talk.member('Robot', { isBot: true });
  talk.daysAgo(360);
  for (let i = 0; i < messages; i++) {
    talk.minutes(chance(0.7) ? random() * 12 : (random() * 2 * 360 * 1440) / (messages * 0.35));
    const kind = random();
    const one = who();
    if (kind < 0.25) ask(one, talk.says(one, somewhere(), `${text()}?`));
    else if (kind < 0.29) {
      const id = talk.posts(one, 'forum', text(), text());
      ask(one, id);
      places.push(id);
    } else if (kind < 0.35 && asked.length > 0) {
      const { id } = pick(asked.slice(-6), random);
      if (!places.includes(id)) places.push(talk.thread(id, text()));
    } else if (kind < 0.65 && asked.length > 0) answer();
    else if (kind < 0.7 && said.length > 0)
      said.push(talk.replies(one, pick(said.slice(-12), random), text()));
    else said.push(talk.says(one, somewhere(), text()));
  }
  const all = [...asked.map(({ id }) => id), ...said];
  for (let i = 0; i < messages / 25; i++) talk.deletes(pick(all, random), i % 2 === 0 ? 'told' : 'inferred');
}
