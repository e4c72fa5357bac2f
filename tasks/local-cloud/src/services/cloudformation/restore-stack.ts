import type { Course } from './course.ts';
import { befores } from './progress.ts';
import { templates } from './stack.ts';

/** Gives a stack back the template, parameters and tags that it had before a failed update. */
export function restoreStack(course: Course): void {
  const { world, realm, stack } = course;
  const before = befores(world, realm).get(stack.id);
  if (before === undefined) return;
  const { parameters, tags, description, capabilities, outputs, notificationArns, rollbackConfiguration } =
    before.stack;
  templates(world, realm).put(stack.id, before.template);
  const settings = { capabilities, notificationArns, rollbackConfiguration };
  course.change({ parameters, tags, description, outputs, ...settings });
  course.forgetTemplate();
}
