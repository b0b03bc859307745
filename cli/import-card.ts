/** The report card of an import, for a terminal. */
import type { FileCard, ReportCard } from '../ingest/dce/card.ts';
import { ODDITIES } from '../ingest/dce/oddities.ts';
import { n, some, terminalText } from './format.ts';

/** The whole card: what is odd about each file, then the sum. */
export function importCardText(card: ReportCard): string {
  const parts = card.files.map(fileText);
  const { messages, files, passedOver, isDryRun } = card;
  const of = (status: FileCard['status']) => files.filter((file) => file.status === status).length;
  const lines = [
    `${some(files.length, 'file')}: ${of('taken')} taken, ${of('skipped')} unchanged since an earlier import, ${of('damaged')} damaged, ${of('rejected')} rejected` +
      (passedOver > 0 ? `; ${some(passedOver, 'other file')} in the folders passed over` : ''),
    `${some(messages.inFile, 'message')}: ${counts(card.messages)}`,
  ];
  if (isDryRun) lines.push('This was a dry run: nothing was written.');
  return [...parts, lines.join('\n')].join('\n\n');
}

function counts(messages: FileCard['messages']): string {
  const { new: fresh, changed, unchanged, rejected, forgotten, excluded } = messages;
  const rare = [
    [rejected, 'rejected'],
    [forgotten, 'of forgotten people'],
    [excluded, 'in excluded channels'],
  ] as const;
  return [
    `${n(fresh)} new, ${n(changed)} changed, ${n(unchanged)} unchanged`,
    ...rare.filter(([count]) => count > 0).map(([count, words]) => `${n(count)} ${words}`),
  ].join(', ');
}

function fileText(card: FileCard): string {
  const { file, status, reason } = card;
  const label = status === 'skipped' ? 'unchanged, skipped' : status;
  const head = `${terminalText(file)}\n  ${label.toUpperCase()}${reason ? `: ${terminalText(reason)}` : ''}`;
  if (status === 'rejected') return head;
  return [head, ...facts(card).map((line) => `  ${terminalText(line)}`)].join('\n');
}

function facts(card: FileCard): string[] {
  const { era, from, to, offsets, text, damage, oddities, replaced, warnings, lacks, messages } = card;
  const lines = [`${some(messages.inFile, 'message')}: ${counts(messages)}`];
  if (from && to)
    lines.push(
      `from ${from} to ${to}${offsets.length > 0 ? `, times given as ${offsets.join(' and ')}` : ''}`,
    );
  const written = era
    ? `written by DiscordChatExporter ${eraText(era)}`
    : 'written by no known DiscordChatExporter, or edited by hand';
  lines.push(`${written}; ${TEXTS[text]}`);
  for (const { reason, afterMessage, offset } of damage) {
    lines.push(`damaged after message ${n(afterMessage)} (byte ${n(offset)}): ${reason}`);
  }
  for (const { kind, count, examples } of oddities)
    lines.push(`${n(count)} × ${ODDITIES[kind]} (${examples.join(', ')})`);
  const { nul, loneSurrogates, invalidUtf8 } = replaced;
  if (nul + loneSurrogates + invalidUtf8 > 0) {
    lines.push(
      `replaced by U+FFFD: ${nul} NUL, ${loneSurrogates} lone surrogates, ${invalidUtf8} bytes that are no UTF-8`,
    );
  }
  lines.push(...warnings);
  if (lacks)
    lines.push(
      `known, but missing in it: ${some(lacks, 'message')} of its span; they stay (an export never deletes)`,
    );
  return lines;
}

const eraText = ({ from, before }: NonNullable<FileCard['era']>) =>
  before === undefined ? `${from} or later` : `from ${from}, before ${before}`;

const TEXTS: Record<FileCard['text'], string> = {
  raw: 'texts are raw',
  rewritten: 'mentions and emoji in texts were rewritten by its markdown option',
  mixed: 'some texts are raw and some rewritten',
  unknown: 'whether texts were rewritten cannot be told',
};
