/**
 * Runs test scripts of the WebAssembly component model that were converted to binaries and JSON,
 * and reports what passes. Start with {@code ScriptRunner}; what is left out, and why, stands in
 * {@code exclusions.txt}. The scripts themselves are not part of this project.
 */
@NullMarked
package io.calcitewasm.component.conformance;

import org.jspecify.annotations.NullMarked;
