/**
 * What a guest may ask of the host: one WIT interface, one capability, one class each. It uses
 * {@code component} and {@code policy} and knows no SQL engine. Start with {@code HostServices}.
 */
@NullMarked
package io.calcitewasm.host;

import org.jspecify.annotations.NullMarked;
