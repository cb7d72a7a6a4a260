/**
 * Core WebAssembly as the component runtime needs it: modules, instances, functions and memories of
 * one engine, with every foreign exception translated at this border. Only this package knows
 * GraalWasm; a second engine is a second implementation of {@link
 * io.calcitewasm.component.core.CoreEngine}. It uses the core types of the binary package and
 * nothing of components. Start with {@link io.calcitewasm.component.core.CoreEngine}.
 */
@NullMarked
package io.calcitewasm.component.core;

import org.jspecify.annotations.NullMarked;
