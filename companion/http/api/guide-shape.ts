/** A guide as a schema: to the server, to a topic, or to people who listen. */
import {
  count,
  described,
  flag,
  id,
  list,
  label,
  number,
  object,
  oneOf,
  orNull,
  type Schema,
  text,
  time,
} from '../schema.ts';
import { coverage } from './shapes.ts';

const place = { id, name: label, isThread: flag };
const hours = orNull(object({ from: count, to: count }));
const minutes = orNull(number);
const evidence = list(object({ messageId: id, channelId: id }));

const base = {
  guildId: id,
  guildName: text,
  from: time,
  to: time,
  timeZone: text,
  asOf: orNull(time),
  coverage,
  unread: described(count, 'Messages whose words are not looked through yet.'),
};

const quoted = object({
  messageId: id,
  channelId: id,
  at: time,
  text: label,
  author: orNull(object({ id, name: text })),
});

const person = object({
  id,
  name: text,
  answered: number,
  askers: count,
  thanked: count,
  sinceAt: time,
  lastAt: time,
  hours,
  medianMinutes: minutes,
  place: object({ ...place, answered: number }),
  evidence,
  basis: oneOf('answers', 'place', 'speech'),
  score: number,
});

const topic = object({
  ...base,
  about: oneOf('topic'),
  topic: text,
  standing: oneOf('found', 'silent', 'wordless', 'textless'),
  terms: list(object({ typed: text, words: list(text), messages: count })),
  missing: list(text),
  nearest: list(text),
  messages: count,
  people: count,
  places: list(object({ ...place, messages: count, people: count, lastAt: time })),
  answers: list(
    object({ place: object(place), question: quoted, answer: quoted, relevance: number, isThanked: flag }),
  ),
  guides: list(person),
});

const server = object({
  ...base,
  about: oneOf('server'),
  isRecorded: flag,
  newcomers: object({ people: count, places: list(object({ ...place, newcomers: count })) }),
  welcomers: list(
    object({
      id,
      name: text,
      newcomers: count,
      medianMinutes: minutes,
      place: object(place),
      evidence,
      hours,
      lastAt: time,
    }),
  ),
  channels: list(object({ ...place, messages: count, people: count, words: list(text) })),
  asking: object({
    isKnown: flag,
    asked: count,
    answered: count,
    medianMinutes: minutes,
    places: list(object({ ...place, asked: count, answered: count, medianMinutes: minutes })),
    hours: orNull(object({ from: count, to: count, medianMinutes: number })),
  }),
});

const care = object({ about: oneOf('care'), help: text });

export const guideShape: Schema = { anyOf: [topic, server, care] };
