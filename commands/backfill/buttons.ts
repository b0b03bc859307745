/** The buttons below what /backfill shows: each asks it again, so they work after a restart. */
import type { Run } from '../../db/runs.ts';
import { type BackfillStatus, isMoving } from '../../reports/backfill/status.ts';
import type { Button } from '../../reports/message.ts';
import type { Words } from '../../reports/words.ts';
import type { Options } from '../command.ts';
import { pressId } from '../press.ts';

/** A button that asks for a subcommand. */
export function button(
  label: keyof Words['backfill']['buttons'],
  { backfill: { buttons } }: Words,
  subcommand: keyof Words['backfill']['subcommands'],
  { options = {}, isStrong }: { options?: Options; isStrong?: boolean } = {},
): Button {
  const id = pressId({ act: 'again', command: 'backfill', subcommand, options });
  return { label: buttons[label], id, ...(isStrong && { isStrong }) };
}

/** What can be done about a backfill as it is. */
export function statusButtons(status: BackfillStatus, words: Words): Button[][] {
  const { run, paused } = status;
  if (!run) return [[button('plan', words, 'plan', { isStrong: true }), button('start', words, 'start')]];
  return [
    [
      button('refresh', words, 'status'),
      ...(isMoving(status) ? [button('pause', words, 'pause')] : []),
      ...(run.state === 'paused' || paused > 0 ? [button('resume', words, 'resume')] : []),
      ...(isToRetry(status, run)
        ? [button('retry', words, 'start', { options: orderOptions(run), isStrong: true })]
        : []),
    ],
  ];
}

/** A button holds one channel, which the asker must see to ask for it, and no instant. */
function isToRetry({ places }: BackfillStatus, { state, channelIds, sinceId }: Run): boolean {
  const channels = (channelIds ?? []).length;
  return (
    (state === 'partly' || state === 'failed') &&
    channels <= 1 &&
    places.length === channels &&
    sinceId === '0'
  );
}

const orderOptions = ({ channelIds, withReactors, isAgain }: Run): Options => ({
  ...(channelIds?.[0] !== undefined && { channel: channelIds[0] }),
  ...(withReactors && { 'reaction-users': true }),
  ...(isAgain && { again: true }),
});
