/** `almanac import` as a process: what it prints where, and how it ends. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReportCard } from '../../ingest/dce/card.ts';
import { useDatabase } from '../support/database.ts';
import { exportText, said } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { almanac, almanacJson } from '../support/program.ts';

const database = useDatabase();
const folder = useFolder();
const settings = () => ({ DATABASE_URL: database.url });
beforeEach(() => database.clear());

const TEXT = exportText({ messages: [said(1, 'a private word'), said(2, 'two')] });
let good: string;
let cut: string;
let page: string;
beforeAll(async () => {
  good = await folder.file('good [1].json', TEXT);
  cut = await folder.file('cut.json', TEXT.slice(0, -200));
  page = await folder.file('page.json', '<!doctype html>');
});

describe('almanac import', () => {
  it('ends with 0 where all was taken, with one JSON object on stdout and nothing else there', async () => {
    const { code, stdout, stderr } = await almanac(['import', good, '--json'], settings());
    expect(code).toBe(0);
    const card: ReportCard = JSON.parse(stdout);
    expect(card).toMatchObject({
      messages: { new: 2 },
      isDryRun: false,
      files: [{ file: good, status: 'taken' }],
    });
    expect(stdout.trim().startsWith('{')).toBe(true);
    expect(stdout + stderr).not.toContain('private');
  });

  it.for([
    ['rejected', () => page, { status: 'rejected' }],
    ['damaged', () => cut, { status: 'damaged', damage: [{ afterMessage: 1 }] }],
    [
      'nowhere',
      () => `${folder.path}/none*.json`,
      { status: 'rejected', reason: expect.stringContaining('no such file') },
    ],
  ] as const)('ends with 1 where a file is %s, and takes the others', async ([, path, expected]) => {
    const card = await almanacJson<ReportCard>(['import', path(), good], settings(), 1);
    expect(card.files.find(({ file }) => file === path())).toMatchObject(expected);
    expect(card.messages.new + card.messages.unchanged).toBe(card.messages.inFile);
    expect(card.files.find(({ file }) => file === good)).toMatchObject({ status: 'taken' });
  });

  it('ends with 1 where a message was rejected', async () => {
    const path = await folder.file(
      'numbers.json',
      TEXT.replace(/"id": "(\d+)",\s+"type": "Default"/, '"id": $1, "type": "Default"'),
    );
    const card = await almanacJson<ReportCard>(['import', path], settings(), 1);
    expect(card.messages).toMatchObject({ inFile: 2, new: 1, rejected: 1 });
  });

  it.for<[string, string[], object, RegExp]>([
    ['wrong use', ['import', 'x.json', '--verbose'], {}, /unknown option/],
    [
      'a setting that is none',
      ['import', 'x.json'],
      { STORE_CONTENT: 'some' },
      /STORE_CONTENT must be full or none/,
    ],
    [
      'a database that is not there',
      ['import', 'x.json'],
      { DATABASE_URL: 'postgres://127.0.0.1:1/none' },
      /cannot be reached/,
    ],
  ])('ends with 2 and nothing on stdout at %s', async ([, args, wrong, words]) => {
    const { code, stdout, stderr } = await almanac(args, { ...settings(), ...wrong });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('tells people what became of each file, and where it is damaged', async () => {
    const { code, stdout } = await almanac(['import', folder.path], settings());
    expect(code).toBe(1);
    expect(stdout).toMatch(/good \[1\]\.json\n {2}TAKEN\n {2}2 messages: \d new/);
    expect(stdout).toMatch(
      /cut\.json\n {2}DAMAGED\n[^]*damaged after message 1 \(byte [\d,]+\): the text ends inside message 2/,
    );
    expect(stdout).toMatch(/page\.json\n {2}REJECTED: this is DiscordChatExporter's HTML format/);
    expect(stdout).not.toContain('private');
  });
});
