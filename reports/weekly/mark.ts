/** By what a weekly report that was posted by itself is known again: the ids of its buttons. */
import type { Button } from '../message.ts';
import type { Words } from '../words/en.ts';

/** Begins the ids of the buttons of a post: `weekly:2026-W46`. */
export const weeklyMark = (label: string): string => `weekly:${label}`;

const MINE = ':mine';

/** Whether a message with such buttons is the post about a week. */
export const isMarkedWith = (customIds: readonly string[], label: string): boolean =>
  customIds.some((id) => readMark(id)?.label === label);

/** What a button of a post asks: how it was counted, or what the one who presses it can read. Undefined: it is none. */
export function readMark(customId: string): { label: string; isMine: boolean } | undefined {
  const [, label, mine] = /^weekly:(\d{4}-W\d{2})(:mine)?$/.exec(customId) ?? [];
  return label === undefined ? undefined : { label, isMine: mine === MINE };
}

/** The buttons of a post. They hold the week alone, so that they work for years. */
export function postButtons(label: string, { answering, posting }: Words): Button[][] {
  const id = weeklyMark(label);
  return [
    [
      { label: answering.howCounted, id },
      { label: posting.mine, id: `${id}${MINE}` },
    ],
  ];
}
