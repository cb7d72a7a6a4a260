/** The canonical ABI over a memory made up for tests, without an engine. */
@NullMarked
package io.calcitewasm.component.abi;

import org.jspecify.annotations.NullMarked;
