import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { ProblemError } from '@roundtrip/problem';
import { onlyLayers } from './only-layers.ts';

const DATA = {
  hash: '$&',
  projects: [{ name: 'network' }, { name: 'cluster' }, { name: 'engine' }],
  dependencies: { cluster: [{ target: 'network' }, { target: 'engine' }], engine: [], network: [] },
  fileMap: { cluster: [], engine: [], network: [] },
  affected: ['engine', 'network'],
};

test('the data is cut down to the layers, and all around it stays', () => {
  const script = `window.watch = true;\nwindow.projectGraphResponse = ${JSON.stringify(DATA)};\nwindow.x = 1;`;
  const cut = {
    hash: '$&',
    projects: [{ name: 'network' }, { name: 'cluster' }],
    dependencies: { cluster: [{ target: 'network' }], network: [] },
    fileMap: { cluster: [], network: [] },
    affected: ['network'],
  };
  assert.is(
    onlyLayers(script, new Set(['cluster', 'network'])),
    `window.watch = true;\nwindow.projectGraphResponse = ${JSON.stringify(cut)};\nwindow.x = 1;`,
  );
});

test('a page of another form is refused instead of passed on unchanged', () => {
  try {
    onlyLayers('window.graph = {};', new Set());
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      'the page that nx drew has no graph data where nx 23 puts it\n' +
        '  why: another version of nx writes another page\n' +
        '  next: pin nx in package.json to the version in package-lock.json, then type: npm install',
    );
  }
});

test.run();
