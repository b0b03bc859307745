/** The people of a planted community, and the parts that they play. */
import { pick } from '../../support/random.ts';
import { names, placeNames } from './lines/names.ts';
import type { PlantedPerson, PlantedPlace, PlantedTopic } from './planted.ts';
import { styleOf } from './speech.ts';
import { DAY_MS, type Stage } from './stage.ts';
import type { Topic } from './topics.ts';

/** Who stands for nobody's topic. */
export interface Cast {
  crowd: PlantedPerson[];
  /** Replies to a third of all questions, wherever they are asked, and says nothing. */
  replier: PlantedPerson;
  bot: PlantedPerson;
  /** Pairs: the friend who answers, and the one who asks. */
  friends: { topic: PlantedTopic; by: PlantedPerson; to: PlantedPerson }[];
}

export function cast(stage: Stage, topics: readonly Topic[]): Cast {
  const { community, random } = stage;
  const homes = homesOf(stage, topics);
  const replier = person(stage, { chats: 2 });
  const popular = [0, 1, 2, 3].map(() => person(stage, { chats: 2 }));
  const friends: Cast['friends'] = [];
  for (const [i, topic] of topics.entries()) {
    const planted: PlantedTopic = {
      topic,
      home: homes[i]!,
      experts: expertsOf(stage),
      decoys: {
        talker: [person(stage, { chats: 1 })],
        popular: [popular[i % popular.length]!],
        asker: random() < 0.6 ? [person(stage, { chats: 0.5 })] : [],
        replier: [replier],
        friend: random() < 0.4 ? [person(stage, { chats: 0.5 })] : [],
        former: random() < 0.5 ? [former(stage)] : [],
      },
      answers: [],
    };
    for (const by of planted.decoys.friend)
      friends.push({ topic: planted, by, to: person(stage, { chats: 0.5 }) });
    community.topics.push(planted);
  }
  const crowd = Array.from({ length: 70 + Math.floor(random() * 60) }, (_, i) =>
    person(stage, { chats: 30 / (i + 3), ...someTime(stage) }),
  );
  return { crowd, replier, bot: person(stage, { isBot: true, chats: 0 }), friends };
}

function person(stage: Stage, more: Partial<PlantedPerson>): PlantedPerson {
  const { community, random } = stage;
  const { fromMs, endMs } = community;
  const made: PlantedPerson = {
    id: stage.newId(fromMs - random() * 900 * DAY_MS),
    name: `${pick(names.first, random)} ${pick(names.second, random)}${Math.floor(random() * 90)}`,
    style: styleOf(random),
    isBot: false,
    fromMs,
    toMs: endMs,
    hasLeft: false,
    hasOptedOut: false,
    chats: 1,
    ...more,
  };
  community.people.push(made);
  return made;
}

/** Two or three who are here to the end; the last one perhaps not for long. */
function expertsOf(stage: Stage): PlantedPerson[] {
  const { random, community } = stage;
  const experts = Array.from({ length: 2 + Math.floor(random() * 2) }, () => person(stage, { chats: 0.2 }));
  if (random() < 0.4) experts.at(-1)!.fromMs = community.endMs - 150 * DAY_MS;
  return experts;
}

/** Somebody who knew more than all others, and fell silent, left, or asked not to be named. */
function former(stage: Stage): PlantedPerson {
  const { endMs } = stage.community;
  const dice = stage.random();
  const toMs = endMs - (100 + stage.random() * 200) * DAY_MS;
  if (dice < 0.45) return person(stage, { chats: 0.2, toMs });
  if (dice < 0.85) return person(stage, { chats: 0.2, toMs: endMs - 20 * DAY_MS, hasLeft: true });
  return person(stage, { chats: 0.2, hasOptedOut: true });
}

/** Of the crowd half come later, and a third goes before the end. */
function someTime({ random, community }: Stage): Partial<PlantedPerson> {
  const { fromMs, endMs } = community;
  const span = endMs - fromMs;
  const begins = random() < 0.5 ? fromMs : fromMs + random() * span * 0.8;
  return {
    fromMs: begins,
    toMs: random() < 0.67 ? endMs : begins + (endMs - begins) * (0.2 + random() * 0.8),
  };
}

/**
 * Where each topic is at home: in a channel of its name, which may be a forum, in one that it shares, in a channel for
 * help, or in one whose name says nothing, or something else.
 */
function homesOf(stage: Stage, topics: readonly Topic[]): PlantedPlace[] {
  const { random } = stage;
  const shared = new Map<string, PlantedPlace>();
  const sharedPlace = (name: string) => {
    if (!shared.has(name)) shared.set(name, stage.addPlace(name, 0));
    return shared.get(name)!;
  };
  return topics.map(({ name, group }) => {
    const dice = random();
    if (dice < 0.26) return stage.addPlace(name, random() < 0.25 ? 15 : 0);
    if (dice < 0.7) return sharedPlace(placeNames.groups[group]);
    if (dice < 0.82) return pick(stage.help, random);
    if (dice < 0.92) return sharedPlace(placeNames.odd[Math.floor(random() * 3)]!);
    return sharedPlace(`${pick(topics, random).name}-2`);
  });
}
