import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../cli/index.ts';
import { typed } from '../support/command-line.ts';
import { useFolder } from '../support/folder.ts';
import { almanac } from '../support/program.ts';

const folder = useFolder();

/** The command line as it is defined, without running any of it. */
const defined = new Command('almanac');
for (const verb of verbs) verb.define(defined, async () => {});
const names = defined.commands.map((command) => command.name());

/** What these do is their answer; they have no other. */
const WITHOUT_ANSWER = ['demo', 'start', 'bot', 'companion', 'migrate'];

describe('--help', () => {
  it('of the program lists every verb and the exit codes', async () => {
    const { code, stdout, stderr } = await almanac(['--help'], {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(stdout).toContain(
      'Exit codes: 0 done; 1 done in part (the output says what was not); 2 not done.',
    );
  });

  it('of every verb tells its arguments and options, needs no database and makes none', async () => {
    const data = join(folder.path, 'data');
    for (const command of defined.commands) {
      const { code, stdout, stderr } = await typed([command.name(), '--help'], { ALMANAC_DATA: data });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: almanac ${command.name()}`));
      for (const { long } of command.options) expect(stdout).toContain(long);
    }
    expect(existsSync(data)).toBe(false);
  });

  it('describes every verb, argument and option', () => {
    for (const command of defined.commands) {
      expect(command.description()).not.toBe('');
      for (const argument of command.registeredArguments) expect(argument.description).not.toBe('');
      for (const option of command.options) expect(option.description).not.toBe('');
    }
  });

  it('every verb that answers does so as JSON, too, by --format json or --json', () => {
    const answers = ({ options }: Command) =>
      ['--format', '--json'].every((long) => options.some((option) => option.long === long));
    const without = defined.commands
      // Of some only what stands behind them answers.
      .filter((command) => !answers(command) && !command.commands.some(answers))
      .map((command) => command.name());
    expect(without).toEqual(WITHOUT_ANSWER);
  });
});
