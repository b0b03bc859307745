import { tellBot } from './bots.ts';
import { attachmentsFor, previews, stickers } from './extras.ts';
import { silence, type Utterance } from './grammar.ts';
import { type GeneratedMessage, plainMessage, type Reference } from './model.ts';
import { pin } from './notices.ts';
import type { Opening } from './places.ts';
import { react } from './reactions.ts';
import { roleOf, targetOf } from './roles.ts';
import { type Conversation, leaveOpen, remember, type Said, type Scene, type Written } from './scene.ts';
import { flourish, type Role, speak } from './speech.ts';

const FORWARDS = 0.012;
const COMMANDS = 0.9;

/** The next message of a conversation. */
export function tell(scene: Scene, conversation: Conversation, written: Written): GeneratedMessage {
  const { random } = scene;
  const { kind } = conversation;
  const said = conversation.said++;
  const isBot = kind === 'feed' || (kind === 'command' && random.chance(COMMANDS));
  if (isBot) return tellBot(scene, conversation, written);
  const person = said === 0 ? (conversation.people[0] as number) : nextPerson(scene, conversation);
  if (said === 0 && kind === 'chat' && random.chance(FORWARDS)) {
    const older = scene.recent.find(({ isPlain }) => isPlain);
    if (older) return forward(scene, older, person, written);
  }
  const role = roleOf(scene, conversation, said, person);
  const target = targetOf(scene, conversation, { said, person, role });
  const utterance = speak(role, conversation.topic, scene);
  if (kind !== 'news') {
    flourish(utterance, conversation.topic, scene);
    address(scene, conversation, utterance, { said, person, target });
  }
  const message = plainMessage(written.id, target ? 'Reply' : 'Default', written.ms, person, utterance.text);
  complete(scene, message, utterance, role);
  if (target) message.reference = referenceTo(scene, target, 'Default');
  follow(scene, conversation, message, role);
  return message;
}

/** The first message of a forum post, or the one that a thread begins from: a question about its subject. */
export function tellOpening(
  scene: Scene,
  { creator, topic, asked }: Opening,
  { id, ms }: Written,
): GeneratedMessage {
  const { random } = scene;
  const utterance = random.chance(0.6) ? speak('remark', topic, scene) : silence();
  if (utterance.text !== '') utterance.text += random.chance(0.3) ? '\\n\\n' : topic.language.space;
  utterance.text += asked;
  const message = plainMessage(id, 'Default', ms, creator, utterance.text);
  complete(scene, message, utterance, 'ask');
  remember(scene, saidBy(message));
  return message;
}

/** Somebody shows an older message again. */
function forward(scene: Scene, older: Said, person: number, { id, ms }: Written): GeneratedMessage {
  return {
    ...plainMessage(id, 'Default', ms, person, ''),
    reference: referenceTo(scene, older, 'Forward'),
    forwarded: { ms: older.ms, text: older.text },
  };
}

function referenceTo({ place, world }: Scene, { id }: Said, type: Reference['type']): Reference {
  return { type, messageId: id, channelId: place.id, guildId: world.guild.id };
}

function nextPerson({ random }: Scene, { people, last }: Conversation): number {
  const person = random.chance(0.3) ? (people[0] as number) : random.pick(people);
  return person === last?.person && random.chance(0.7) ? random.pick(people) : person;
}

/** Mentions: the one replied to usually hears of it, and sometimes a name stands in the text. */
function address(
  scene: Scene,
  conversation: Conversation,
  utterance: Utterance,
  turn: { said: number; person: number; target: Said | null },
): void {
  const { random, world, newcomer } = scene;
  const { said, person, target } = turn;
  if (target && random.chance(0.8)) utterance.mentions.push(target.person);
  const isWelcome = conversation.kind === 'welcome' && newcomer !== null;
  const share = isWelcome ? (said === 0 ? 0.9 : 0.25) : said === 0 ? 0 : target ? 0.01 : 0.07;
  const named = isWelcome ? newcomer : random.pick(conversation.people);
  if (named === person || !random.chance(share)) return;
  utterance.text = `@${world.accounts.account(named).nickname} ${utterance.text}`;
  if (!utterance.mentions.includes(named)) utterance.mentions.push(named);
}

/** Everything that a message carries besides its text. */
function complete(scene: Scene, message: GeneratedMessage, utterance: Utterance, role: Role): void {
  const { random, place } = scene;
  const isSticker =
    role === 'cheer' && utterance.links.length + utterance.mentions.length === 0 && random.chance(0.03);
  if (isSticker) {
    message.text = '';
    message.stickers = stickers(random);
  } else {
    message.emojis = utterance.emojis;
    message.links = utterance.links.length;
    message.embeds = previews(utterance.links, random);
    message.attachments = attachmentsFor(scene, message, role);
  }
  message.mentions = utterance.mentions;
  const isEdited = !isSticker && random.chance(0.04);
  if (isEdited) message.editedMs = message.ms + 4000 + Math.floor(random.exponential(9 * 60_000));
  message.reactions = react(scene, message, role);
  if ((role === 'report' || role === 'answer') && !place.opening && random.chance(0.004)) pin(scene, message);
}

function follow(scene: Scene, conversation: Conversation, message: GeneratedMessage, role: Role): void {
  const said = saidBy(message);
  conversation.opener ??= said;
  conversation.last = said;
  if (role === 'answer') conversation.hasAnswer = true;
  remember(scene, said);
  const { kind, length, topic } = conversation;
  if (kind === 'question' && length === 1 && scene.random.chance(0.7)) leaveOpen(scene, { ...said, topic });
}

function saidBy({ id, ms, author, text, links, mentions, emojis }: GeneratedMessage): Said {
  return {
    id,
    ms,
    person: author,
    text,
    isPlain: text !== '' && links + mentions.length + emojis.length === 0,
  };
}
