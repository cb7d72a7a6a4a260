@NullMarked
package io.calcitewasm.udf.signature;

import org.jspecify.annotations.NullMarked;
