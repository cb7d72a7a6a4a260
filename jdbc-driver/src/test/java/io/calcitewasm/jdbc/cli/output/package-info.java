@NullMarked
package io.calcitewasm.jdbc.cli.output;

import org.jspecify.annotations.NullMarked;
