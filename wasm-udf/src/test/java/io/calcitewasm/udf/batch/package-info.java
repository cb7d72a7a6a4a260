@NullMarked
package io.calcitewasm.udf.batch;

import org.jspecify.annotations.NullMarked;
