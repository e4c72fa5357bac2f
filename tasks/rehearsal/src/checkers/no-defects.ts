import type { Checker } from '../record.ts';

/** The simulated cloud itself did not break down. */
export const noDefects: Checker = ({ defects }) => defects.map((defect) => `the local cloud broke down: ${defect}`);
