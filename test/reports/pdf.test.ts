import { chmod } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PrintError, printPdf } from '../../reports/pdf.ts';
import { useFolder } from '../support/folder.ts';

const folder = useFolder();

/** A browser that is none. */
async function pretended(script: string): Promise<string> {
  const path = await folder.file('browser', `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('printing', () => {
  it('fails with the name of a browser that is not there', async () => {
    const printing = printPdf('<p>', { browserPath: '/nowhere/chrome' });
    await expect(printing).rejects.toThrow(new PrintError('There is no browser /nowhere/chrome.'));
  });

  it('fails where the browser does', async () => {
    const printing = printPdf('<p>', { browserPath: await pretended('exit 7') });
    await expect(printing).rejects.toThrow(/ended with 7, and printed nothing/);
  });

  it('fails where the browser writes nothing', async () => {
    const printing = printPdf('<p>', { browserPath: await pretended('exit 0') });
    await expect(printing).rejects.toThrow('without having written the PDF');
  });

  it('ends a browser that hangs', async () => {
    const printing = printPdf('<p>', { browserPath: await pretended('exec sleep 60'), timeLimitMs: 200 });
    await expect(printing).rejects.toThrow('was not done within 0.2 s');
  });

  it('hands the page over in a profile of its own, and takes what came of it', async () => {
    const copy = [
      'for a in "$@"; do case $a in',
      '--print-to-pdf=*) to=${a#*=};;',
      'file://*) from=${a#file://};;',
      'esac; done; cp "$from" "$to"',
    ].join('\n');
    const pdf = await printPdf('<p>page</p>', { browserPath: await pretended(copy) });
    expect(pdf.toString()).toBe('<p>page</p>');
  });
});
