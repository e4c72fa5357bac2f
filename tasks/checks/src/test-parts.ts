import type { TestWorkspace } from './test-workspaces.ts';

/** Begun first: what takes longest must not be what is left at the end. */
const LONGEST = ['tasks/verbs', 'tasks/local-cloud', 'tasks/rehearsal'];
const FILES_PER_PART = 10;
const PARTS_MAX = 4;
/** Each of these starts runs as a user does, which takes ten times as long as a file elsewhere. */
const VERBS = { folder: 'tasks/verbs', filesPerPart: 6, partsMax: 8 };

/**
 * Deals the files of large workspaces into parts that run side by side, each in a process of its own; the longest first.
 * A file's part depends on its place alone, so that what runs together today runs together tomorrow.
 */
export function testParts(workspaces: readonly TestWorkspace[]): TestWorkspace[] {
  const rank = ({ folder }: TestWorkspace): number =>
    LONGEST.includes(folder) ? LONGEST.indexOf(folder) : LONGEST.length;
  const ordered = [...workspaces].sort((one, other) => rank(one) - rank(other));
  return ordered.flatMap((workspace) => {
    const { filesPerPart, partsMax } =
      workspace.folder === VERBS.folder ? VERBS : { filesPerPart: FILES_PER_PART, partsMax: PARTS_MAX };
    const count = Math.min(partsMax, Math.ceil(workspace.files.length / filesPerPart));
    if (count <= 1) return [workspace];
    return Array.from({ length: count }, (_, part) => ({
      folder: workspace.folder,
      part: `${part + 1}/${count}`,
      files: workspace.files.filter((__, index) => index % count === part),
    }));
  });
}
