/** Guides in which everything that people gave is what a test says. */
import type { ServerGuide, TopicGuide } from '../../../reports/guide/report.ts';
import { ADA, KILNS, SERVER, TOPIC } from './guides.ts';

/** Whatever people gave is this. */
export function hostileTopic(texts: { name: string; text: string; topic: string }): TopicGuide {
  const { name, text, topic } = texts;
  const named = <T extends { name: string | null }>(one: T): T => ({ ...one, name });
  const quoted = <T extends { text: string | null }>(one: T) => ({
    ...one,
    text,
    author: { id: ADA.id, name },
  });
  return {
    ...TOPIC,
    guildName: name,
    topic,
    terms: [
      { typed: name, words: [name, text], messages: 3 },
      { typed: text, words: [name, name, name, name, name], messages: 3 },
      { typed: topic, words: [], messages: 0 },
    ],
    missing: [name, text],
    nearest: [name, text, topic, name, text, topic],
    places: TOPIC.places.map(named),
    answers: TOPIC.answers.map((one) => ({
      ...one,
      place: named(one.place),
      question: quoted(one.question),
      answer: quoted(one.answer),
    })),
    guides: TOPIC.guides.map((one) => ({ ...named(one), place: named(one.place) })),
    coverage: coverageOf(name),
    unread: 1204,
  };
}

/** The same of a guide to a server. */
export function hostileServer({ name, text }: { name: string; text: string }): ServerGuide {
  const named = <T extends { name: string | null }>(one: T): T => ({ ...one, name });
  return {
    ...SERVER,
    guildName: name,
    newcomers: { ...SERVER.newcomers, places: SERVER.newcomers.places.map(named) },
    welcomers: SERVER.welcomers.map((one) => ({ ...named(one), place: named(one.place) })),
    channels: Array.from({ length: 8 }, () => ({
      ...KILNS,
      name,
      messages: 1,
      people: 1,
      words: Array(6).fill(text),
    })),
    asking: { ...SERVER.asking, places: SERVER.asking.places.map(named) },
    coverage: coverageOf(name),
    unread: 1204,
  };
}

const coverageOf = (name: string) => ({
  ...TOPIC.coverage,
  verifiedShare: 0.5,
  notReadable: { named: [1, 2, 3].map((n) => ({ id: `${n}`, name })), channels: 9, threads: 2 },
});
