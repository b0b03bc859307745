/** A message's buttons in Discord's form. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { Button } from '../message.ts';
import { cutPlain } from './cut.ts';
import { LIMITS } from './limits.ts';

/** A row of buttons as Discord takes it. */
export type ButtonRow = APIActionRowComponent<APIButtonComponent>;

/**
 * Rows of five buttons at most, a longer one as several; those that are too many are left out.
 * Errors: Error where a custom id or an address is none that Discord takes, or an id is there twice.
 */
export function buttonRows(rows: readonly (readonly Button[])[]): ButtonRow[] {
  checkIds(rows.flat());
  const made: ButtonRow[] = [];
  let left: number = LIMITS.buttonComponents;
  for (const row of rows) {
    for (let i = 0; i < row.length; i += LIMITS.buttonsInRow) {
      const components = row.slice(i, i + LIMITS.buttonsInRow).map(buttonOf);
      left -= 1 + components.length;
      if (left < 0) return made;
      made.push({ type: ComponentType.ActionRow, components });
    }
  }
  return made;
}

/** They can't be cut: a press says them. */
function checkIds(buttons: readonly Button[]): void {
  const ids = buttons.flatMap((button) => ('id' in button ? [button.id] : []));
  const bad = ids.find((id) => id === '' || id.length > LIMITS.customId);
  if (bad !== undefined) throw new Error(`A button has a custom id of ${bad.length} characters`);
  if (new Set(ids).size < ids.length) throw new Error('Two buttons of a message have one custom id');
  const urls = buttons.flatMap((button) => ('url' in button ? [button.url] : []));
  if (urls.some((url) => url.length > LIMITS.url || !URL.canParse(url)))
    throw new Error('A button has an address that Discord does not take');
}

function buttonOf(button: Button): APIButtonComponent {
  const plain = button.label.toWellFormed().trim();
  const label = plain === '' ? '…' : cutPlain(plain, { units: LIMITS.label, bytes: Infinity });
  if ('url' in button) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url };
  return {
    type: ComponentType.Button,
    style: button.isStrong ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label,
    custom_id: button.id,
    ...(button.isDisabled ? { disabled: true } : {}),
  };
}
