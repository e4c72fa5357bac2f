/** Which files have to be pure, and which doors of theirs lead outside and so may touch a clock or the environment. */
interface Territory {
  readonly folder: string;
  /** Paths inside the folder, a folder with a slash at its end. */
  readonly doors: readonly string[];
}

const PURE: readonly Territory[] = [
  { folder: 'tasks/engine/src/', doors: ['virtual-clock.ts'] },
  { folder: 'tasks/environment/src/', doors: ['write-schema.ts'] },
  {
    folder: 'tasks/local-cloud/src/',
    doors: [
      'main.ts',
      'daemon.ts',
      'daemon/',
      'server/',
      'write-operations.ts',
      'tour/tour.ts',
      'tour/by-aws.ts',
      'tour/aws-program.ts',
      'tour/aws-environment.ts',
      'tour/installed-aws.ts',
    ],
  },
  { folder: 'tasks/problem/src/', doors: [] },
  { folder: 'tasks/template/src/', doors: [] },
  { folder: 'tasks/view/src/', doors: [] },
];

/** Where tests drive a virtual clock and so have no use for a real one; the local cloud's tests start real processes. */
const TIMELESS_TESTS = ['tasks/engine/src/', 'tasks/template/src/', 'tasks/view/src/'];

export type Purity = 'pure' | 'timeless-test' | 'free';

/** How strictly a file is held, by its path relative to the project's root. */
export function purity(path: string): Purity {
  if (isForTests(path)) return TIMELESS_TESTS.some((folder) => path.startsWith(folder)) ? 'timeless-test' : 'free';
  const territory = PURE.find(({ folder }) => path.startsWith(folder));
  if (!territory) return 'free';
  const inside = path.slice(territory.folder.length);
  const isDoor = territory.doors.some((door) => (door.endsWith('/') ? inside.startsWith(door) : inside === door));
  return isDoor ? 'free' : 'pure';
}

/** A test, or what tests share: `plan.test.ts`, `test-clock.ts`. */
export function isForTests(path: string): boolean {
  return /(\.test|\/test-[a-z0-9-]+)\.ts$/.test(path);
}
