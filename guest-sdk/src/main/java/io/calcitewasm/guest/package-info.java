/**
 * The guest contract {@code calcite:extension}, the example components and the test fixtures,
 * packed as resources so that tests and examples find them. It uses no other room. Start with
 * {@code Guests}.
 */
@NullMarked
package io.calcitewasm.guest;

import org.jspecify.annotations.NullMarked;
