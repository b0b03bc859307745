/** /settings: shows everything that is set, and changes it. */
import { changeSettings } from '../db/settings.ts';
import { openLinked } from '../reports/linked.ts';
import { buildSettings } from '../reports/settings/build.ts';
import { placesOf } from '../reports/seen-places.ts';
import { renderSettings } from '../reports/settings/render.ts';
import { wordsIn } from '../reports/words.ts';
import type { ActionCommand, CommandContext, Request } from './command.ts';
import { RULED_COMMANDS } from './may-use.ts';
import { changeOf, linkAsked } from './settings/change.ts';
import { completeSettings } from './settings/complete.ts';
import { data } from './settings/data.ts';

export default {
  data,
  isForManagers: true,
  complete: completeSettings,
  async *act(request, context) {
    const hasOptions = Object.keys(request.options).length > 0;
    const changed = hasOptions ? await change(request, context) : {};
    const asked = { ...request, commands: RULED_COMMANDS, ...changed };
    yield renderSettings(await buildSettings(context, asked), wordsIn(request.language));
  },
} satisfies ActionCommand;

/** Changes everything that is asked for, or nothing. Errors: UserError. */
async function change(request: Request, context: CommandContext) {
  const { guildId } = request;
  const { db, nowMs, onZone } = context;
  const places = await placesOf(context, request);
  const link = await linkAsked(request, context);
  const { before, after } = await changeSettings(
    db,
    guildId,
    (settings) => changeOf(request, settings, places),
    new Date(nowMs),
  );
  // It may have been taken away in this moment: then it is as if it had not been named.
  const isLinked = link && (await openLinked(db, guildId, link.linked.id, link.isOpen));
  if (after.timeZone !== before.timeZone) onZone(guildId);
  const isOther = isLinked && link.isOpen !== link.linked.isOpen;
  return { before, ...(isOther && { changedLink: link.linked.id }) };
}
