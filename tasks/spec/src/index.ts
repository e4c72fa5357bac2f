export type { Property, PropertyType, ResourceType } from './resource-type.ts';
