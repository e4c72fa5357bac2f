import type { Course } from './course.ts';

/** The first resource of a stack's phase starts after that time. */
export function beginAfter(course: Course, leadMs: number): void {
  course.later(leadMs, 'cloudformation.begin');
}
