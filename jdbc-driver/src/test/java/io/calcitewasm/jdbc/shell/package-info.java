@NullMarked
package io.calcitewasm.jdbc.shell;

import org.jspecify.annotations.NullMarked;
