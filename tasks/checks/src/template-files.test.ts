import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, formatProblems, type Problem } from '@roundtrip/problem';
import { resourceType } from '@roundtrip/spec';
import { parseTemplate } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { projectRoot } from './project-root.ts';
import { checkTemplate } from './template-check.ts';

const root = projectRoot();

/** Paths relative to the project's root, as problems show them. */
const files = readdirSync(join(root, 'packages'))
  .map((layer) => `packages/${layer}/templates`)
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
  .filter((path) => /\.(ya?ml|json)$/.test(path))
  .sort();

function problemsOf(file: string): readonly Problem[] {
  try {
    return checkTemplate(parseTemplate(readFileSync(join(root, file), 'utf8'), file), resourceType);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

test('there are templates to check', () => {
  assert.ok(files.length > 0);
});

for (const file of files) {
  test(`${file} keeps to AWS's specification`, () => {
    const problems = problemsOf(file);
    assert.ok(problems.length === 0, `${problems.length} problems\n${formatProblems(problems)}`);
  });
}

// An installed shim can stand for nothing, so only an answer counts.
const linter = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });

if (linter.status === 0) {
  process.stdout.write(`${linter.stdout.trim()} is here and reads every template\n`);
  test('cfn-lint finds nothing in any template', () => {
    const { status, stdout, stderr } = spawnSync('cfn-lint', ['--format', 'parseable', '--', ...files], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.ok(status === 0 && stdout.trim() === '', `cfn-lint ended with ${status}\n${stdout}${stderr}`);
  });
} else {
  process.stdout.write('cfn-lint is not here: templates are checked against the specification alone\n');
}

test.run();
