/**
 * What it takes to serve one WIT interface: its types, a Java function for each of its functions,
 * and the way these become the component model's host interfaces. It knows no particular interface.
 * Start with {@link io.calcitewasm.host.service.Service}.
 */
@NullMarked
package io.calcitewasm.host.service;

import org.jspecify.annotations.NullMarked;
