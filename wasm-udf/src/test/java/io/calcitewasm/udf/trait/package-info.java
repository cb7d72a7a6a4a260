@NullMarked
package io.calcitewasm.udf.trait;

import org.jspecify.annotations.NullMarked;
