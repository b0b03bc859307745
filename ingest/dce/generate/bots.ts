import { bots } from './accounts.ts';
import { phrases, say, silence } from './grammar.ts';
import { previews } from './extras.ts';
import { type Embed, type GeneratedMessage, plainMessage } from './model.ts';
import { english } from './phrases/english.ts';
import type { Random } from './random.ts';
import { type Conversation, partId, remember, type Scene, type Written } from './scene.ts';
import { escaped } from './written.ts';

const places = (english.words.place ?? []).map(escaped);
const FORECASTS = phrases(
  [
    'Upper winds for {place}, {0-2}{0-9}:00 UTC: {10-60} km/h at 5 km, {40-150} km/h at 10 km, {10-70} km/h at 20 km.',
    'New model run for {place}. Predicted landing {8-140} km away. {link}',
    'Ground wind at {place}: {2-30} km/h, gusts {20-55} km/h, cloud base {200-1900} m.',
  ],
  english.words,
);
const FLIGHTS = phrases(
  [
    '{flight} is in the air from {place}. {link}',
    '{flight} burst at {24-34}.{0-9} km and is falling.',
    '{flight} has landed near {place}. {link}',
  ],
  english.words,
);
const MENU = 'Explain abbreviations';
// The interaction is the last of the ids that one message can give.
const INTERACTION = 15;

/** What a bot writes: an answer to somebody's command, or the next item of the forecast feed. */
export function tellBot(scene: Scene, conversation: Conversation, written: Written): GeneratedMessage {
  const { random, world } = scene;
  const firstBot = world.people.count;
  if (conversation.kind === 'feed') return tellFeed(scene, firstBot, written);
  const isMenu = random.chance(0.05);
  const message = plainMessage(written.id, isMenu ? '23' : '20', written.ms, firstBot + bots.commands, '');
  const name = isMenu ? MENU : random.pick(['forecast', 'predict', 'flight', 'fill', 'remind']);
  message.interaction = { id: partId(scene, INTERACTION), name, user: random.pick(conversation.people) };
  if (name === 'remind') message.text = `I will remind you in ${random.between(2, 48)} hours.`;
  else message.embeds = [answerTo(name, random)];
  return message;
}

function tellFeed(scene: Scene, firstBot: number, { id, ms }: Written): GeneratedMessage {
  const { random } = scene;
  const isFlight = random.chance(0.25);
  const utterance = silence();
  say(utterance, random.pick(isFlight ? FLIGHTS : FORECASTS), random);
  const author = firstBot + (isFlight ? bots.tracker : bots.feed);
  const message = plainMessage(id, 'Default', ms, author, utterance.text);
  message.links = utterance.links.length;
  message.embeds = previews(utterance.links, random);
  remember(scene, { id, ms, person: author, text: utterance.text, isPlain: message.links === 0 });
  return message;
}

function answerTo(name: string, random: Random): Embed {
  const fields: Record<string, [string, string][]> = {
    forecast: [
      ['Wind', `${random.between(2, 40)} km/h`],
      ['Cloud', `${random.between(0, 8)}/8`],
      ['Temperature', `${random.between(1, 24)} °C`],
    ],
    predict: [
      ['Landing', random.pick(places)],
      ['Distance', `${random.between(5, 160)} km`],
      ['Flight time', `${random.between(90, 180)} min`],
    ],
    flight: [
      ['Burst', `${random.between(24, 35)} km`],
      ['Packets', `${random.between(60, 99)} %`],
    ],
    fill: [
      ['Lift', `${random.between(600, 1900)} g`],
      ['Gas', `${random.between(1, 4)}.${random.between(0, 9)} m³`],
    ],
  };
  const isMenu = name === MENU;
  return {
    title: isMenu ? name : `${name[0]?.toUpperCase()}${name.slice(1)}: ${random.pick(places)}`,
    url: null,
    description: isMenu ? 'RSSI: strength of a received signal. ASL: above sea level.' : '',
    color: '#58B9FF',
    author: 'Windvane',
    thumbnail: null,
    footer: random.chance(0.5) ? 'Times are UTC' : null,
    fields: fields[name] ?? [],
  };
}
