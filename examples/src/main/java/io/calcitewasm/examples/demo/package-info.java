/**
 * The tour that {@code calcite-wasm demo} gives: the script {@code demo.sql} and what runs it.
 * Start with the script.
 */
@NullMarked
package io.calcitewasm.examples.demo;

import org.jspecify.annotations.NullMarked;
