import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(path, 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

/** `## 0.2.0 - 2026-11-27`, the newest first. */
const releases = [...read('CHANGELOG.md').matchAll(/^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$/gm)];

describe('the version of package.json', () => {
  it('is that of the lock file', () => {
    const lock = JSON.parse(read('package-lock.json'));
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  });

  it('has the newest dated section of the changelog, and what is not released stands above it', () => {
    expect(releases[0]?.[1]).toBe(version);
    const heads = [...read('CHANGELOG.md').matchAll(/^## .*$/gm)].map(([head]) => head);
    expect(heads).toEqual(['## Unreleased', ...releases.map(([head]) => head)]);
  });

  it('is cited with the day of its release', () => {
    const cited = parse(read('CITATION.cff'));
    expect([cited.version, cited['date-released']]).toEqual([version, releases[0]?.[2]]);
  });
});
