@NullMarked
package io.calcitewasm.jdbc.cli.script;

import org.jspecify.annotations.NullMarked;
