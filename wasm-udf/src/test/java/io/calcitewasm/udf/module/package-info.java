@NullMarked
package io.calcitewasm.udf.module;

import org.jspecify.annotations.NullMarked;
