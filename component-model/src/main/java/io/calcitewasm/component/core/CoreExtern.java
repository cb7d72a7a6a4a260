package io.calcitewasm.component.core;

/** A function, memory, table or global of a core instance, in the engine's own form. */
public interface CoreExtern {}
