/**
 * Orders of texts that modules bring: COLLATE from a type that carries its name to a plan that
 * works on keys. It uses {@code parser}, {@code function} and {@code exec}. Start with {@link
 * io.calcitewasm.adapter.collation.CollatingConverter}.
 */
@NullMarked
package io.calcitewasm.adapter.collation;

import org.jspecify.annotations.NullMarked;
