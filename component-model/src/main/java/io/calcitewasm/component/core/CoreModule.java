package io.calcitewasm.component.core;

/**
 * A parsed and validated core module of one engine. Nothing of it has run; threads may share it.
 */
public interface CoreModule {}
