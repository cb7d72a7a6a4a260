/** The core engine by itself. */
@NullMarked
package io.calcitewasm.component.core;

import org.jspecify.annotations.NullMarked;
