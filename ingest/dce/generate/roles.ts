import type { Conversation, Kind, Said, Scene } from './scene.ts';
import type { Role } from './speech.ts';

/** One message's place in its conversation. */
export interface Position {
  said: number;
  person: number;
  role: Role;
}

const FIRST: Readonly<Partial<Record<Kind, Role>>> = {
  question: 'ask',
  'late answer': 'answer',
  report: 'report',
  showcase: 'showcase',
  intro: 'intro',
  welcome: 'greet',
  command: 'cheer',
  news: 'news',
};

/** What the next message does, by what the conversation is and by who writes. */
export function roleOf(scene: Scene, conversation: Conversation, said: number, person: number): Role {
  const { random, place, newcomer } = scene;
  const { kind, opener, hasAnswer, topic } = conversation;
  const first = said === 0 ? FIRST[kind] : undefined;
  if (first) return first;
  const point = random.next();
  const isBeginner = person === (place.opening?.creator ?? opener?.person);
  switch (kind) {
    case 'question':
    case 'late answer':
      if (isBeginner) return hasAnswer && point < 0.55 ? 'thanks' : point < 0.8 ? 'follow' : 'remark';
      return point < 0.6 || !hasAnswer
        ? 'answer'
        : point < 0.75
          ? 'remark'
          : point < 0.9
            ? 'follow'
            : 'cheer';
    case 'thread':
      if (isBeginner) return point < 0.3 ? 'thanks' : point < 0.65 ? 'follow' : 'remark';
      return point < 0.4 ? 'answer' : point < 0.65 ? 'remark' : point < 0.85 ? 'follow' : 'cheer';
    case 'intro':
    case 'welcome':
      if (person === newcomer) return point < 0.6 ? 'hello' : 'cheer';
      return point < 0.75 ? 'greet' : 'cheer';
    case 'report':
    case 'showcase':
      if (isBeginner) return point < 0.5 ? 'remark' : 'cheer';
      return point < 0.5 ? 'praise' : point < 0.7 ? 'follow' : point < 0.9 ? 'remark' : 'ask';
    default:
      if (said === 0) return point < 0.12 ? 'hello' : 'remark';
      return point < 0.55
        ? 'remark'
        : point < 0.75
          ? 'follow'
          : point < 0.92 || !topic.question
            ? 'cheer'
            : 'answer';
  }
}

/** Whose message this one answers, if it is a reply: an answer its question, others at times the message before. */
export function targetOf(
  { random, recent }: Scene,
  { kind, opener, last }: Conversation,
  { said, person, role }: Position,
): Said | null {
  let target = last;
  let share = role === 'thanks' ? 0.6 : 0.2;
  if (kind === 'thread' && said === 0) {
    target = recent.length === 0 ? null : random.pick(recent);
    share = 0.5;
  } else if (kind === 'late answer' && said === 0) {
    share = 1;
  } else if (role === 'answer' && opener) {
    target = opener;
    share = 0.7;
  }
  return target && target.person !== person && random.chance(share) ? target : null;
}
