@NullMarked
package io.calcitewasm.udf;

import org.jspecify.annotations.NullMarked;
