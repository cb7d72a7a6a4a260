@NullMarked
package io.calcitewasm.jdbc.cli;

import org.jspecify.annotations.NullMarked;
