export { openSpec, resourceType, resourceTypeNames } from './spec-data.ts';
export type { Spec } from './spec-data.ts';
export type { Property, PropertyType, ResourceType } from './resource-type.ts';
