package io.calcitewasm.component.model;

/**
 * The type of a core module: what it imports and exports. It is carried from who evaluates types to
 * who compares them, and says nothing to anybody else.
 */
public interface CoreModuleType {}
