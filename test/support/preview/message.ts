/** A message as Discord shows it: who asked, who answers, what is in it. */
import { MessageFlags } from 'discord-api-types/v10';
import { escapeHtml } from '../../../reports/html.ts';
import { allHtml } from './components.ts';
import { embedHtml } from './embed.ts';
import { cardHtml, isPicture, pictureHtml } from './files.ts';
import type { Names } from './inline.ts';
import { discordHtml } from './markdown.ts';
import type { Shot, ShotMessage } from './shots.ts';

/** The message of a shot. */
export function messageHtml(shot: Shot, names: Names): string {
  const isEphemeral = shot.isEphemeral || ((shot.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return `<article class="message${isEphemeral ? ' ephemeral' : ''}">
${shot.asker === undefined ? '' : askedHtml(shot.asker, shot.command)}
<div class="avatar bot">A</div>
<div class="said">
<header><b>Almanac</b><span class="app">APP</span><time>Today at 14:05</time></header>
${bodyHtml(shot.message, names)}
${isEphemeral ? '<footer><i class="eye"></i>Only you can see this • <a>Dismiss message</a></footer>' : ''}
</div>
</article>`;
}

function askedHtml(asker: string, command: string): string {
  const name = command.split(/\s/)[0]!;
  return `<div class="asked"><i class="spine"></i><i class="avatar small">${escapeHtml([...asker][0] ?? '')}</i><b>${escapeHtml(asker)}</b><span>used</span><span class="command" title="${escapeHtml(command)}">${escapeHtml(name)}</span></div>`;
}

function bodyHtml(
  { flags = 0, content = '', embeds = [], components = [], attachments }: ShotMessage,
  names: Names,
) {
  const around = { files: attachments, names };
  // Of components only what they name is shown; else what no embed shows.
  const isOfComponents = (flags & MessageFlags.IsComponentsV2) !== 0;
  const shownElsewhere = JSON.stringify(embeds);
  const rest = isOfComponents ? [] : attachments.filter(({ name }) => !shownElsewhere.includes(`/${name}`));
  const pictures = rest.filter(isPicture);
  return [
    content === '' ? '' : `<div class="text">${discordHtml(content, names)}</div>`,
    pictures.length === 0
      ? ''
      : `<div class="gallery of-${pictures.length}">${pictures.map((file) => `<div class="item">${pictureHtml(file, undefined)}</div>`).join('')}</div>`,
    ...rest.filter((file) => !isPicture(file)).map(cardHtml),
    ...embeds.map((embed) => embedHtml(embed, around)),
    allHtml(components, around),
  ].join('');
}
