/**
 * Core WebAssembly as the component runtime needs it: modules, instances, functions and memories of
 * one engine, with every foreign exception translated at this border. Only this package knows
 * GraalWasm; a second engine is a second implementation of {@link
 * io.calcitewasm.component.core.CoreEngine}. It uses the core types of the binary package and
 * nothing of components. Start with {@link io.calcitewasm.component.core.CoreEngine}.
 *
 * <p>Two facts about interrupts that are easy to overlook. The engine forgets threads that lose
 * their thread-local variables, those of the common pool for one: {@code InterruptibleThread} tells
 * how and prepares them. And an interrupt strikes its thread wherever that is, in another context
 * too: while a row loop's module is parsed inside a call, or where a host function uses another
 * instance. So whatever enters a context has its exceptions translated, entering included.
 */
@NullMarked
package io.calcitewasm.component.core;

import org.jspecify.annotations.NullMarked;
