@NullMarked
package io.calcitewasm.examples.demo;

import org.jspecify.annotations.NullMarked;
